/** Sizes that are read without the decoder are those that the decoder gives; what is odd is left to it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { readHeader } from "../../src-main/datasets/pictures/open-picture.ts";
import { usualHeader } from "../../src-main/datasets/pictures/usual-header.ts";
import { withComment } from "../support/many-pictures.ts";
import { noisy, plain } from "../support/picture-folder.ts";
import { sharedData } from "../support/shared-data.ts";

const photographs = sharedData("ants-bees");
const wide = () => noisy(40).resize(37, 21, { fit: "fill" });

test.each([
  ["baseline JPEG", wide().jpeg()],
  ["progressive JPEG", wide().jpeg({ progressive: true })],
  ["JPEG with tables of its own", wide().jpeg({ mozjpeg: true })],
  ["JPEG without subsampling", wide().jpeg({ chromaSubsampling: "4:4:4" })],
  ["grey JPEG", wide().greyscale().jpeg()],
  ["JPEG with a profile and EXIF", wide().withIccProfile("p3").withMetadata({ orientation: 6 }).jpeg()],
  ["PNG", wide().png()],
  ["grey PNG", wide().greyscale().png()],
  ["PNG with a palette", wide().png({ palette: true, colours: 4 })],
  ["interlaced PNG", wide().png({ progressive: true })],
  ["PNG with what is see-through", wide().ensureAlpha(0.5).png()],
])("a %s is 37 × 21, without the decoder", async (_, picture) => {
  expect(usualHeader(await picture.toBuffer())).toEqual({ width: 37, height: 21 });
});

test.each([
  ["CMYK JPEG", wide().toColourspace("cmyk").jpeg()],
  ["PNG of sixteen bits", wide().toColourspace("rgb16").png()],
  ["WebP", wide().webp()],
  ["TIFF", wide().tiff()],
])("a %s is left to the decoder", async (_, picture) => {
  const bytes = await picture.toBuffer();
  expect(usualHeader(bytes)).toBeNull();
  expect(await readHeader(bytes)).toMatchObject({ width: 37, height: 21 });
});

test("a comment changes nothing, and a JPEG without its end is left to the decoder", async () => {
  const bytes = await wide().jpeg().toBuffer();
  expect(usualHeader(withComment(bytes, "7"))).toEqual({ width: 37, height: 21 });
  expect(await readHeader(bytes.subarray(0, -2))).toEqual({ width: 37, height: 21, warning: "missing-end" });
  expect(await readHeader(bytes.subarray(0, 100))).toEqual({ code: "truncated" });
});

test("where a byte of a header is another, nothing is said that the decoder would deny", async () => {
  const whole = await Promise.all([wide().jpeg(), wide().png({ palette: true })].map((one) => one.toBuffer()));
  for (const bytes of [...whole, await plain(9).png().toBuffer()])
    for (let at = 0; at < Math.min(bytes.length, 640); at++) {
      const mutated = Buffer.from(bytes);
      mutated[at]! ^= 0x5a;
      const size = usualHeader(mutated);
      if (size === null) continue;
      const { width, height } = await sharp(mutated, { limitInputPixels: false })
        .metadata()
        .catch(() => ({ width: "refused", height: "refused" }));
      expect({ at, width, height }).toEqual({ at, ...size });
    }
});

test.skipIf(photographs === null)("real photographs have the size that the decoder gives", async () => {
  const files = readdirSync(photographs!, { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(jpe?g|png)$/i.test(name),
  );
  for (const name of files.filter((_, index) => index % Math.ceil(files.length / 100) === 0)) {
    const bytes = readFileSync(join(photographs!, name));
    const size = usualHeader(bytes);
    if (size === null) continue;
    const { width, height } = await sharp(bytes).metadata();
    expect({ name, width, height }).toEqual({ name, ...size });
  }
});
