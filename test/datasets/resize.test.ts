/** Every way in which a picture becomes a square, pixel by pixel: each pixel of the source says by its red which column it is of, by its green which row. */
import sharp from "sharp";
import { expect, test } from "vitest";
import { makePicture } from "../../src-main/batches/make-picture.ts";
import { runConfiguration } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import { type PictureFit, type Resize, usualResize } from "../../src-main/contract/resize.ts";
import { drawPicture } from "../../src-main/datasets/draw/draw-picture.ts";
import { decodeSquare } from "../../src-main/datasets/pictures/picture-bytes.ts";
import { compactInception } from "../support/sample-views.ts";

function numbered(width: number, height: number) {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const place = Math.floor(at / 3);
    return [(place % width) * 10 + 10, Math.floor(place / width) * 10 + 10, 200][at % 3] ?? 0;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}
const wide = numbered(8, 4);
const tall = numbered(4, 8);

/** Column and row of what stands at each pixel, a row a text; `--` where there is nothing of the picture. */
async function squareOf(bytes: Uint8Array, resize: Resize): Promise<readonly string[]> {
  const square = await decodeSquare(bytes, 4, resize);
  if ("code" in square) throw new Error(square.code);
  const at = (place: number) => Array.from(square.subarray(place * 3, place * 3 + 3));
  return [0, 4, 8, 12].map((row) =>
    [0, 1, 2, 3]
      .map((column) => {
        const [red = 0, green = 0, blue] = at(row + column);
        return blue === 0 && red === 0 && green === 0 ? "--" : `${red / 10 - 1}${green / 10 - 1}`;
      })
      .join(" "),
  );
}
const fromColumn = (first: number) =>
  [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => `${first + column}${row}`).join(" "));
const fromRow = (first: number) =>
  [0, 1, 2, 3].map((row) => [0, 1, 2, 3].map((column) => `${column}${first + row}`).join(" "));
const bars = "-- -- -- --";

const expected: Readonly<Record<PictureFit, { wide: readonly string[]; tall: readonly string[] }>> = {
  crop: { wide: fromColumn(2), tall: fromRow(2) },
  "crop-top": { wide: fromColumn(2), tall: fromRow(0) },
  "crop-bottom": { wide: fromColumn(2), tall: fromRow(4) },
  "crop-left": { wide: fromColumn(0), tall: fromRow(2) },
  "crop-right": { wide: fromColumn(4), tall: fromRow(2) },
  pad: {
    wide: [bars, "11 31 51 71", "13 33 53 73", bars],
    tall: ["-- 11 31 --", "-- 13 33 --", "-- 15 35 --", "-- 17 37 --"],
  },
  squash: {
    wide: ["10 30 50 70", "11 31 51 71", "12 32 52 72", "13 33 53 73"],
    tall: ["01 11 21 31", "03 13 23 33", "05 15 25 35", "07 17 27 37"],
  },
};

test.each(Object.entries(expected))("%s brings wide and tall pictures to the square", async (fit, squares) => {
  const resize = { fit: fit as PictureFit, filter: "nearest" } as const;
  expect(await squareOf(await wide.clone().png().toBuffer(), resize)).toEqual(squares.wide);
  expect(await squareOf(await tall.clone().png().toBuffer(), resize)).toEqual(squares.tall);
});

test("what is kept is told by the upright picture, and not by how it lies in its file", async () => {
  // Turned by 180°: what lies at the bottom of the file is the top.
  const turned = await tall.clone().withMetadata({ orientation: 3 }).png().toBuffer();
  expect((await sharp(turned).metadata()).orientation).toBe(3);
  const kept = await squareOf(turned, { fit: "crop-top", filter: "nearest" });
  expect(kept[0]).toBe("37 27 17 07");
});

test.each(["grey", "CMYK", "16 bits", "see-through"])("bars are black beside a picture of %s", async (kind) => {
  const pictures = {
    grey: () => wide.clone().greyscale().png(),
    CMYK: () => wide.clone().toColourspace("cmyk").jpeg(),
    "16 bits": () => wide.clone().toColourspace("rgb16").png(),
    "see-through": () => wide.clone().ensureAlpha(0.5).png(),
  } as const;
  const bytes = await pictures[kind as keyof typeof pictures]().toBuffer();
  const [first, second, , last] = await squareOf(bytes, { fit: "pad", filter: "nearest" });
  expect([first, last]).toEqual([bars, bars]);
  expect(second).not.toContain("--");
});

test("a line of one pixel is padded and squashed, too", async () => {
  const line = await sharp({ create: { width: 1000, height: 1, channels: 3, background: "#ffffff" } })
    .png()
    .toBuffer();
  const rows = async (fit: PictureFit) => {
    const square = await decodeSquare(line, 4, { fit, filter: "lanczos3" });
    return "code" in square ? square : [0, 1, 2, 3].map((row) => square[row * 12]);
  };
  expect(await rows("pad")).toEqual([0, 255, 0, 0]);
  expect(await rows("squash")).toEqual([255, 255, 255, 255]);
});

test("a filter weighs the pixels around", async () => {
  const row = await sharp(Uint8Array.from([0, 0, 255, 255, 255, 255, 0, 0]), {
    raw: { width: 8, height: 1, channels: 1 },
  })
    .resize(8, 8, { fit: "fill", kernel: "nearest" })
    .png()
    .toBuffer();
  const reds = async (filter: Resize["filter"]) => {
    const square = await decodeSquare(row, 4, { fit: "crop", filter });
    return "code" in square ? square : [0, 3, 6, 9].map((at) => square[at]);
  };
  expect(await reds("nearest")).toEqual([0, 255, 255, 0]);
  // A triangle over four pixels, whose weights are 1, 3, 3 and 1 eighths: (1 · 255) / 8, then (3 + 3 + 1) · 255 / 8.
  expect(await reds("bilinear")).toEqual([32, 223, 223, 32]);
  expect(await reds("bicubic")).not.toEqual(await reds("lanczos3"));
});

test("drawn pictures are square: only the filter changes them, where they are scaled", async () => {
  const source = drawnSource.parse({ kind: "drawn", pictures: 100, pixels: 16 });
  const example = { index: 0, name: "0", contentHash: "" };
  const made = (inputPixels: number, resize: Resize) => makePicture(source, example, { inputPixels, resize });
  const drawn = Buffer.from(drawPicture(source, 0));
  expect(drawn.equals(Buffer.from((await made(16, { fit: "squash", filter: "nearest" })) as Uint8Array))).toBe(true);
  expect(await made(8, { fit: "pad", filter: "lanczos3" })).toEqual(await made(8, usualResize));
  expect(await made(8, { fit: "crop", filter: "nearest" })).not.toEqual(await made(8, usualResize));
});

test("a run that was recorded before there was a choice was cropped to the middle, by Lanczos", () => {
  const { resize: _, ...before } = compactInception;
  expect(runConfiguration.parse(before).resize).toEqual({ fit: "crop", filter: "lanczos3" });
  expect(runConfiguration.parse({ ...before, resize: { fit: "pad" } }).resize).toEqual({
    fit: "pad",
    filter: "lanczos3",
  });
  expect(() => runConfiguration.parse({ ...before, resize: { fit: "stretch" } })).toThrow();
});
