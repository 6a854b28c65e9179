/**
 * What it costs to decode whole pictures, and what the shortcut would change: `node test/bench/decode.ts [folder of photographs]…`. Each photograph is
 * made into squares in two ways, in turns: whole and then scaled, as Strata does, and as sharp does by itself, which makes JPEG and WebP smaller
 * while it decodes them. Told are the processor's time of the first against the second, and how many of 255 levels the shortcut lies from the same
 * photograph as PNG. Twelve-megapixel pictures are made here, as a mosaic of the photographs, plain and with a colour profile.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { usualResize } from "../../src-main/contract/resize.ts";
import { decodeSquare } from "../../src-main/datasets/pictures/picture-bytes.ts";

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error("Name a folder of JPEG photographs.");
  process.exit(2);
}
const mostPhotographs = 48;

/** As `decodeSquare`, but for the cut that keeps the decoder from its shortcut. */
async function byShortcut(bytes: Uint8Array, sidePixels: number): Promise<Uint8Array> {
  return sharp(bytes, { failOn: "error" })
    .autoOrient()
    .resize({ width: sidePixels, height: sidePixels, fit: "cover", position: "centre", kernel: "lanczos3" })
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer();
}
async function whole(bytes: Uint8Array, sidePixels: number): Promise<Uint8Array> {
  const square = await decodeSquare(bytes, sidePixels, usualResize);
  if ("code" in square) throw new Error(square.code);
  return square;
}
async function cpuMillis<T>(work: () => Promise<T>): Promise<{ result: T; millis: number }> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, millis: (user + system) / 1_000 };
}
function levelsApart(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, level, at) => sum + Math.abs(level - b[at]!), 0) / a.length;
}

async function compare(title: string, pictures: readonly Buffer[], sides: readonly number[]): Promise<void> {
  for (const side of sides) {
    const totals = { whole: 0, shortcut: 0, wholeApart: 0, shortcutApart: 0 };
    for (const [index, bytes] of pictures.entries()) {
      const png = await whole(await sharp(bytes).autoOrient().png({ compressionLevel: 1 }).toBuffer(), side);
      const ways = [
        async () => {
          const { result, millis } = await cpuMillis(() => whole(bytes, side));
          totals.whole += millis;
          totals.wholeApart += levelsApart(result, png);
        },
        async () => {
          const { result, millis } = await cpuMillis(() => byShortcut(bytes, side));
          totals.shortcut += millis;
          totals.shortcutApart += levelsApart(result, png);
        },
      ];
      for (const way of index % 2 === 0 ? ways : ways.toReversed()) await way();
    }
    const mean = (sum: number, digits: number) => (sum / pictures.length).toFixed(digits);
    console.log(
      `${title}, ${side} px, ${pictures.length} pictures · whole ${mean(totals.whole, 1)} ms, shortcut ${mean(totals.shortcut, 1)} ms, ` +
        `× ${(totals.whole / totals.shortcut).toFixed(2)} · levels from PNG, mean: ${mean(totals.wholeApart, 2)} whole, ${mean(totals.shortcutApart, 2)} shortcut`,
    );
  }
}

function photographsIn(folder: string): Buffer[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && /\.jpe?g$/i.test(entry.name),
  );
  const stride = Math.max(1, Math.floor(files.length / mostPhotographs));
  return files
    .filter((_, index) => index % stride === 0)
    .slice(0, mostPhotographs)
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
}

/** 4000 × 3000 px with a photograph's detail everywhere. */
async function mosaic(photographs: readonly Buffer[]): Promise<Buffer> {
  const tiles = await Promise.all(
    Array.from({ length: 64 }, async (_, place) => ({
      input: await sharp(photographs[place % photographs.length]!)
        .resize(500, 375, { fit: "cover" })
        .toBuffer(),
      left: (place % 8) * 500,
      top: Math.floor(place / 8) * 375,
    })),
  );
  const ground = sharp({ create: { width: 4_000, height: 3_000, channels: 3, background: "#000000" } });
  return ground.composite(tiles).png({ compressionLevel: 0 }).toBuffer();
}

for (const folder of folders) {
  const photographs = photographsIn(folder);
  const { width = 0, height = 0 } = await sharp(photographs[0]!).metadata();
  const title = `${folder.split("/").at(-1)}, ${width} × ${height} and the like`;
  await compare(`${title}, JPEG`, photographs, width < 64 ? [32] : [32, 96, 224]);
  if (width < 64) continue;
  await compare(
    `${title}, WebP`,
    await Promise.all(photographs.slice(0, 16).map((one) => sharp(one).webp({ quality: 90 }).toBuffer())),
    [32, 96, 224],
  );
  const large = await Promise.all([0, 1, 2, 3].map((first) => mosaic(photographs.slice(first * 8))));
  for (const [kind, finished] of [
    ["JPEG", large.map((one) => sharp(one).jpeg({ quality: 90 }))],
    ["progressive JPEG", large.map((one) => sharp(one).jpeg({ quality: 90, progressive: true }))],
    ["JPEG with a P3 profile", large.map((one) => sharp(one).withIccProfile("p3").jpeg({ quality: 90 }))],
    [
      "JPEG turned by EXIF, with an sRGB profile",
      large.map((one) => sharp(one).withMetadata({ orientation: 6 }).jpeg({ quality: 90 })),
    ],
  ] as const)
    await compare(`12 MP, ${kind}`, await Promise.all(finished.map((one) => one.toBuffer())), [32, 224]);
}
