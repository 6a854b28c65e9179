/** Pictures that differ as photographs do, and the ways in which one is saved anew. */
import sharp, { type Sharp } from "sharp";
import { createRandom, type Random } from "../../src-main/platform/random.ts";

/** A cut by 5 % of both sides, at a random place. */
async function cut(bytes: Buffer, random: Random): Promise<Sharp> {
  const upright = await sharp(bytes).autoOrient().toBuffer();
  const { width, height } = await sharp(upright).metadata();
  const size = { width: Math.round(width * 0.95), height: Math.round(height * 0.95) };
  const left = random.integer(width - size.width + 1);
  const top = random.integer(height - size.height + 1);
  return sharp(upright).extract({ left, top, ...size });
}

export const waysToCopy: Readonly<Record<string, (bytes: Buffer, random: Random) => Promise<Buffer>>> = {
  resized: async (bytes) => {
    const { width } = await sharp(bytes).metadata();
    return sharp(bytes)
      .autoOrient()
      .resize({ width: Math.round(width / 2) })
      .png()
      .toBuffer();
  },
  recompressed: (bytes) => sharp(bytes).autoOrient().jpeg({ quality: 40 }).toBuffer(),
  mirrored: (bytes) => sharp(bytes).autoOrient().flop().jpeg({ quality: 90 }).toBuffer(),
  cut: async (bytes, random) => (await cut(bytes, random)).jpeg({ quality: 90 }).toBuffer(),
  "cut and mirrored": async (bytes, random) => (await cut(bytes, random)).flop().jpeg({ quality: 90 }).toBuffer(),
};

/** A scene of many discs and boxes on a ground, another one for each number, as JPEG. */
export function drawnScene(number: number, width = 200, height = 150): Promise<Buffer> {
  const random = createRandom(number, "scene");
  const color = () => [random.integer(256), random.integer(256), random.integer(256)] as const;
  const ground = color();
  const shapes = Array.from({ length: 24 }, () => ({
    ...{ isDisc: random.integer(2) === 0, x: random.integer(width), y: random.integer(height) },
    ...{ size: 6 + random.integer(width / 6), color: color() },
  }));
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const isOn = (shape: (typeof shapes)[number]) =>
      shape.isDisc
        ? Math.hypot(x - shape.x, y - shape.y) < shape.size
        : Math.abs(x - shape.x) < shape.size && Math.abs(y - shape.y) < shape.size / 2;
    pixels.set(shapes.findLast(isOn)?.color ?? ground, 3 * at);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}
