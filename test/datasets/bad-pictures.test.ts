/** Files as they are found in the wild, really made: each is used, or listed with its reason while the rest goes on. */
import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import type { PictureProblemCode } from "../../src-main/contract/dataset.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { decodeSquare, examinePicture } from "../../src-main/datasets/pictures/picture-bytes.ts";
import { noisy, pictures, plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

/** The code that examining gives, or else decoding, or else the first pixel. */
async function fateOf(bytes: Uint8Array): Promise<PictureProblemCode | string> {
  const examined = await examinePicture(bytes);
  if ("code" in examined) return examined.code;
  const decoded = await decodeSquare(bytes, 8, usualResize);
  return "code" in decoded ? `decoding: ${decoded.code}` : [...decoded.subarray(0, 3)].join(" ");
}

test("what is no photograph is named for what it is", async () => {
  expect(await fateOf(Buffer.from("just text, whatever its name"))).toBe("not-a-picture");
  expect(await fateOf(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'))).toBe(
    "unsupported-format",
  );
  expect(await fateOf(Buffer.from('<?xml version="1.0"?>\n<!-- a drawing -->\n<svg width="9" height="9"/>'))).toBe(
    "unsupported-format",
  );
  expect(await fateOf(Buffer.from("%PDF-1.7\n"))).toBe("unsupported-format");
});

test("more than one frame or page is no photograph", async () => {
  const frames = [await plain(10).png().toBuffer(), await plain(200).png().toBuffer()];
  expect(
    await fateOf(
      await sharp(frames, { join: { animated: true } })
        .webp({ loop: 0 })
        .toBuffer(),
    ),
  ).toBe("animated");
  expect(
    await fateOf(
      await sharp(frames, { join: { animated: true } })
        .tiff()
        .toBuffer(),
    ),
  ).toBe("several-pages");
  const [still] = frames as [Buffer, Buffer];
  const control = Buffer.from("\0\0\0\x08acTL\0\0\0\x02\0\0\0\0CRC.", "latin1");
  expect(await fateOf(Buffer.concat([still.subarray(0, 33), control, still.subarray(33)]))).toBe("animated");
});

test.each(["jpeg", "png", "webp", "tiff", "avif"] as const)("half of a %s file is truncated", async (format) => {
  const whole = await noisy(64)[format]().toBuffer();
  expect(await fateOf(whole)).toMatch(/^\d+ \d+ \d+$/);
  expect(await fateOf(whole.subarray(0, whole.length / 2))).toMatch(/^(decoding: )?truncated$/);
  expect(await fateOf(whole.subarray(0, 40))).toBe("truncated");
});

test("a small file that claims a huge picture is not decoded", async () => {
  const bomb = await plain(10).png().toBuffer();
  bomb.writeUInt32BE(60_000, 16);
  bomb.writeUInt32BE(60_000, 20);
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
  expect(await fateOf(bomb)).toBe("too-large");
});

test("every way of storing one colour gives that colour in 8-bit RGB", async () => {
  const near = (text: string, expected: readonly number[], within: number) => {
    const off = text.split(" ").map((value, at) => Math.abs(Number(value) - (expected[at] ?? 0)));
    expect(Math.max(...off), text).toBeLessThanOrEqual(within);
  };
  near(await fateOf(await plain(200).png().toBuffer()), [200, 100, 50], 0);
  near(await fateOf(await plain(200).toColourspace("rgb16").png().toBuffer()), [200, 100, 50], 1);
  near(await fateOf(await plain(200).jpeg({ quality: 100 }).toBuffer()), [200, 100, 50], 2);
  near(await fateOf(await plain(200).toColourspace("cmyk").jpeg({ quality: 100 }).toBuffer()), [200, 100, 50], 32);
  near(await fateOf(await plain(90, 90, 90).greyscale().png().toBuffer()), [90, 90, 90], 0);
  near(await fateOf(await plain(90, 90, 90).toColourspace("grey16").png().toBuffer()), [90, 90, 90], 1);
});

test("what is see-through stands on white", async () => {
  expect(await fateOf(await plain(200).ensureAlpha(0).png().toBuffer())).toBe("255 255 255");
});

test("a picture is turned as its EXIF says, and the middle of its longer side is kept", async () => {
  // Three bands side by side, red, green and blue, each 8 wide and 8 high; orientation 6 means: turn right by a quarter.
  const bands = Buffer.concat(
    Array.from({ length: 8 }, () =>
      Buffer.concat([
        Buffer.alloc(24, "ff0000", "hex"),
        Buffer.alloc(24, "00ff00", "hex"),
        Buffer.alloc(24, "0000ff", "hex"),
      ]),
    ),
  );
  const wide = sharp(bands, { raw: { width: 24, height: 8, channels: 3 } });
  const square = await decodeSquare(await wide.clone().png().toBuffer(), 8, usualResize);
  expect("code" in square ? square : [...square.subarray(0, 3)]).toEqual([0, 255, 0]);

  const halves = Buffer.concat(
    Array.from({ length: 8 }, () =>
      Buffer.concat([Buffer.alloc(12, "ff0000", "hex"), Buffer.alloc(12, "0000ff", "hex")]),
    ),
  );
  const turned = sharp(halves, { raw: { width: 8, height: 8, channels: 3 } }).withMetadata({ orientation: 6 });
  const upright = await decodeSquare(await turned.png().toBuffer(), 8, usualResize);
  if ("code" in upright) throw new Error(upright.code);
  const pixel = (row: number, column: number) => [
    ...upright.subarray((row * 8 + column) * 3, (row * 8 + column) * 3 + 3),
  ];
  // Left and right have become top and bottom.
  expect([pixel(0, 0), pixel(0, 7), pixel(7, 0), pixel(7, 7)]).toEqual([
    [255, 0, 0],
    [255, 0, 0],
    [0, 0, 255],
    [0, 0, 255],
  ]);
});

test("a folder full of bad files is opened with the good ones, and each bad one is listed", async () => {
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("a", 4, 0)),
    ...(await pictures("b", 4, 50)),
    "a/empty.jpg": "",
    "a/notes.txt": "notes",
    "a/text.jpg": "text",
    "b/a PNG by its bytes.jpg": await plain(99).png().toBuffer(),
    "b/cut.jpg": (await noisy(64).jpeg().toBuffer()).subarray(0, 60),
    "b/drawing.svg": "<svg/>",
  });
  const dataset = await openDataset({ kind: "folder", path: folder });
  expect(dataset.classes.map(({ train, validation, test: held }) => train + validation + held)).toEqual([4, 5]);
  expect(dataset.problems).toEqual([
    { code: "empty", name: "a/empty.jpg", isSkipped: true },
    { code: "not-a-picture", name: "a/notes.txt", isSkipped: true },
    { code: "not-a-picture", name: "a/text.jpg", isSkipped: true },
    { code: "truncated", name: "b/cut.jpg", isSkipped: true },
    { code: "unsupported-format", name: "b/drawing.svg", format: "SVG", isSkipped: true },
  ]);
});

test.skipIf(process.platform === "win32")("a pipe is not waited for", async () => {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 4, 0)), ...(await pictures("b", 4, 50)) });
  execFileSync("mkfifo", [join(folder, "a/pipe.jpg")]);
  const dataset = await openDataset({ kind: "folder", path: folder });
  expect(dataset.problems).toEqual([{ code: "unreadable", name: "a/pipe.jpg", isSkipped: true }]);
});

// The system's administrator may read everything, so there is nothing to refuse.
test.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
  "what may not be read is listed (left out for root, who may read everything)",
  async () => {
    const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 5, 0)), ...(await pictures("b", 4, 50)) });
    chmodSync(join(folder, "a/00.png"), 0);
    const dataset = await openDataset({ kind: "folder", path: folder });
    expect(dataset.problems).toEqual([{ code: "unreadable", name: "a/00.png", isSkipped: true }]);
  },
);

test("moving pictures are left out and named, or used with their first frame where that is asked for", async () => {
  const frames = await Promise.all([10, 200].map((red) => plain(red).png().toBuffer()));
  const folder = writeFiles(temporaryFolder(), {
    ...(await pictures("a", 5, 0)),
    ...(await pictures("b", 5, 50)),
    "a/moving.gif": await sharp(frames, { join: { animated: true } })
      .gif({ loop: 0 })
      .toBuffer(),
  });
  const source = { kind: "folder", path: folder } as const;
  const asEver = await openDataset(source, { threads: 1 });
  expect(asEver.problems).toEqual([{ code: "animated", name: "a/moving.gif", isSkipped: true }]);
  const asked = await openDataset({ ...source, ofMoving: "first-frame" }, { threads: 1 });
  expect(asked.problems).toEqual([{ code: "first-frame", name: "a/moving.gif", isSkipped: false }]);
  expect(asked.examples).toHaveLength(asEver.examples.length + 1);
});
