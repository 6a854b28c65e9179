/** Formats and values besides those that the usual decoder reads: each file is used with the right pixels, or named with what to do. */
import sharp from "sharp";
import { describe, expect, test, vi } from "vitest";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { decodeSquare, examinePicture } from "../../src-main/datasets/pictures/picture-bytes.ts";
import { noisy, pictures, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { bmp, heic, netpbm, tiff } from "../support/unusual-pictures.ts";

/** What is said of a picture, and its first row: the red of each of eight pixels. */
async function seen(bytes: Uint8Array): Promise<{ readonly said: string | null; readonly row: readonly number[] }> {
  const examined = await examinePicture(bytes);
  if ("code" in examined) return { said: examined.code, row: [] };
  const square = await decodeSquare(bytes, 8, usualResize);
  if ("code" in square) return { said: `decoding: ${square.code}`, row: [] };
  return { said: examined.warning, row: Array.from({ length: 8 }, (_, x) => square[x * 3]!) };
}

const ramp = [0, 36, 73, 109, 146, 182, 219, 255];
const near = (row: readonly number[], wanted: readonly number[], within: number) =>
  expect(Math.max(...row.map((value, at) => Math.abs(value - wanted[at]!))), row.join(" ")).toBeLessThanOrEqual(within);

describe("values of another range than a screen's are scaled to it, and that is said", () => {
  test.each([
    ["grey floating point from 0 to 1", tiff("float32", 0, 1)],
    ["in colour", tiff("float32", 0, 1, 3)],
    ["floating point from 0 to 255", tiff("float32", 0, 255)],
    ["floating point of any range", tiff("float32", -3, 1e6)],
    ["32 bits", tiff("uint32", 0, 2 ** 32 - 1)],
    ["16 bits stored in 32", tiff("uint32", 0, 65_535)],
    ["12 bits with a sign", tiff("int16", 0, 4_095)],
    ["12 bits stored in 16", tiff("uint16", 0, 4_095)],
    ["12 bits in 16, in colour", tiff("uint16", 0, 4_095, 3)],
  ])("%s", async (_, bytes) => {
    const { said, row } = await seen(bytes);
    expect(said).toBe("range-by-values");
    near(row, ramp, 1);
  });

  test("half of the range stays half as bright, so that pictures of one instrument can be compared", async () => {
    near(
      (await seen(tiff("float32", 0, 0.5))).row,
      ramp.map((value) => value / 2),
      1,
    );
  });

  test("not for sixteen bits that use them", async () => {
    const { said, row } = await seen(tiff("uint16", 0, 65_535));
    expect(said).toBeNull();
    near(row, ramp, 1);
  });
});

describe("further formats", () => {
  test.each([
    ["P2", 255],
    ["P3", 255],
    ["P5", 255],
    ["P6", 255],
    ["P5", 65_535],
    ["P6", 1_023],
  ] as const)("%s up to %i", async (kind, largest) => {
    const { said, row } = await seen(netpbm(kind, largest, "# by hand\n"));
    expect(said).toBeNull();
    near(row, ramp, 1);
  });

  test.each([
    ["24 bits", bmp(24), [0, 255]],
    ["24 bits, rows of nine pixels and a gap", bmp(24, { width: 9 }), [0, 255]],
    ["from the top", bmp(24, { isTopDown: true }), [0, 255]],
    ["32 bits, the fourth unused", bmp(32), [0, 255]],
    ["8 bits with a palette", bmp(8), [200, 50]],
  ] as const)("BMP of %s", async (_, bytes, [first, second]) => {
    expect(await examinePicture(bytes)).toMatchObject({ height: 8, warning: null });
    const square = await decodeSquare(bytes, 8, usualResize);
    if ("code" in square) throw new Error(square.code);
    near([square[0]!, square[8 * 3 * 4]!], [first, second], 12);
  });

  test("HEIC", async () => {
    expect(await examinePicture(heic)).toMatchObject({ width: 64, height: 64, warning: null });
    const square = await decodeSquare(heic, 8, usualResize);
    if ("code" in square) throw new Error(square.code);
    near([...square.subarray(0, 3)], [200, 100, 50], 4);
  });

  test("a damaged HEIC is told by its code, and nothing is printed", async () => {
    const print = vi.fn();
    vi.stubGlobal("console", { ...console, log: print });
    // Loaded anew, as in a thread that has read none before.
    vi.resetModules();
    const { examinePicture: examine } = await import("../../src-main/datasets/pictures/picture-bytes.ts");
    for (const length of [40, 200, heic.length - 20]) await examine(heic.subarray(0, length));
    expect(await examine(heic.subarray(0, 200))).toEqual({ code: "truncated" });
    console.log("said all the same");
    expect(print.mock.calls).toEqual([["said all the same"]]);
    vi.unstubAllGlobals();
  });

  test("GIF that stands still, and not one that moves", async () => {
    const still = await plain(200).gif().toBuffer();
    expect((await seen(still)).row[0]).toBe(200);
    const frames = await Promise.all([10, 200].map((red) => plain(red).png().toBuffer()));
    const moving = sharp(frames, { join: { animated: true } });
    expect((await seen(await moving.gif({ loop: 0 }).toBuffer())).said).toBe("animated");
  });

  test("the first frame of what moves, where it is asked for", async () => {
    const frames = await Promise.all([10, 200].map((red) => plain(red).png().toBuffer()));
    const moving = sharp(frames, { join: { animated: true } });
    for (const bytes of [
      await moving.clone().gif({ loop: 0 }).toBuffer(),
      await moving.webp({ lossless: true }).toBuffer(),
    ]) {
      expect(await examinePicture(bytes, "first-frame")).toMatchObject({ width: 8, height: 8, warning: "first-frame" });
      const square = await decodeSquare(bytes, 8, usualResize);
      if ("code" in square) throw new Error(square.code);
      near([...square.subarray(0, 3)], [10, 100, 50], 4);
    }
    expect(await examinePicture(await plain(200).gif().toBuffer(), "first-frame")).toMatchObject({ warning: null });
  });

  test.each([
    ["BMP", bmp(24)],
    ["PPM", netpbm("P6", 255)],
    ["PGM of words", netpbm("P2", 255)],
    ["HEIC", heic],
    ["float TIFF", tiff("float32", 0, 1)],
  ])("half of a %s is truncated", async (_, bytes) => {
    expect((await seen(bytes.subarray(0, bytes.length / 2))).said).toMatch(/truncated|not-a-picture/);
  });

  test("a small file that claims a huge picture is not decoded", async () => {
    const wide = bmp(24);
    wide.writeInt32LE(60_000, 18);
    wide.writeInt32LE(60_000, 22);
    expect((await seen(wide)).said).toBe("too-large");
    expect((await seen(Buffer.from("P6\n60000 60000\n255\n"))).said).toBe("too-large");
  });
});

describe("a JPEG that lacks its end", () => {
  test("is used where its pixels are all there, and that is said", async () => {
    const whole = await noisy(64).jpeg().toBuffer();
    const without = whole.subarray(0, whole.length - 2);
    expect((await seen(without)).said).toBe("missing-end");
    expect(await decodeSquare(without, 64, usualResize)).toEqual(await decodeSquare(whole, 64, usualResize));
  });

  test.each([5, 20, 500])("is truncated where %i bytes are missing", async (missing) => {
    const whole = await noisy(64).jpeg().toBuffer();
    expect((await seen(whole.subarray(0, whole.length - missing))).said).toBe("truncated");
  });
});

test("a TIFF with a thumbnail is its picture", async () => {
  const pages = await Promise.all(
    [plain(200, 100, 50, 64, 64), plain(10, 20, 30, 8, 8)].map((page) => page.tiff().toBuffer()),
  );
  expect(await examinePicture(joined(pages[0]!, pages[1]!))).toMatchObject({ width: 64, height: 64, warning: null });
  expect((await seen(joined(pages[1]!, pages[0]!))).row[0]).toBe(200);
});

test("a TIFF of several equal pages is left out under a code of its own, or used with its first where that is asked for", async () => {
  const [first, second] = await Promise.all([200, 10].map((red) => plain(red, 100, 50, 64, 64).tiff().toBuffer()));
  const stack = joined(first!, second!);
  expect((await seen(stack)).said).toBe("several-pages");
  expect(await examinePicture(stack, "first-frame")).toMatchObject({ width: 64, height: 64, warning: "first-page" });
  const square = await decodeSquare(stack, 8, usualResize);
  if ("code" in square) throw new Error(square.code);
  expect([...square.subarray(0, 3)]).toEqual([200, 100, 50]);
  expect(await examinePicture(first!, "first-frame")).toMatchObject({ warning: null });
});

/** The second file's directory behind the first's: its offsets move by the first's length. */
function joined(first: Buffer, second: Buffer): Buffer {
  const moved = Buffer.from(second);
  const at = moved.readUInt32LE(4);
  const typeBytes = [0, 1, 1, 2, 4, 8];
  for (let entry = 0; entry < moved.readUInt16LE(at); entry++) {
    const place = at + 2 + entry * 12;
    const [tag, type, count] = [
      moved.readUInt16LE(place),
      moved.readUInt16LE(place + 2),
      moved.readUInt32LE(place + 4),
    ];
    const isElsewhere = count * (typeBytes[type] ?? 1) > 4;
    if (isElsewhere || tag === 273) moved.writeUInt32LE(moved.readUInt32LE(place + 8) + first.length, place + 8);
  }
  const both = Buffer.concat([first, moved]);
  const directory = first.readUInt32LE(4);
  both.writeUInt32LE(at + first.length, directory + 2 + first.readUInt16LE(directory) * 12);
  return both;
}

test("what cannot be read is named, also in a folder of nothing else", async () => {
  const files = { "a/1.pdf": "%PDF-1.7", "a/2.pdf": "%PDF-1.7", "b/drawing.svg": "<svg/>", "b/notes.txt": "x" };
  const only = writeFiles(temporaryFolder(), { ...files, "b/3.psd": "8BPS" });
  await expect(openDataset({ kind: "folder", path: only })).rejects.toThrow(
    "No picture that can be used was found there: 2 PDF, 1 Photoshop, 1 SVG, 1 not a picture. Expected folders",
  );
  const some = writeFiles(temporaryFolder(), {
    ...files,
    ...(await pictures("a", 4)),
    ...(await pictures("b", 4, 50)),
  });
  const { problems } = await openDataset({ kind: "folder", path: some });
  expect(problems.map(({ name, format, isSkipped }) => [name, format, isSkipped])).toEqual([
    ["a/1.pdf", "PDF", true],
    ["a/2.pdf", "PDF", true],
    ["b/drawing.svg", "SVG", true],
    ["b/notes.txt", undefined, true],
  ]);
});
