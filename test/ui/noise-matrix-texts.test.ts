import { expect, test } from "vitest";
import { linesToBegin, readNoiseFile } from "../../src-renderer/features/train/experiment/noise-matrix-texts.ts";

const classes = ["cat", "dog", "ship"];

test("lines to begin with have each class become the next", () => {
  expect(linesToBegin(classes)).toBe("cat,dog,0.2\ndog,ship,0.2\nship,cat,0.2");
});

test("a file that is no text, or larger than any matrix, is not read", async () => {
  const file = (text: string, size = text.length, encoding: BufferEncoding = "utf8") => ({
    size,
    arrayBuffer: () => Promise.resolve(new Uint8Array(Buffer.from(text, encoding)).buffer),
  });
  expect(await readNoiseFile(file(" cat,dog,0.3\n"))).toBe("cat,dog,0.3");
  expect(await readNoiseFile(file("\uFEFFcat,dog,0.3\r\n", 13, "utf16le"))).toBe("cat,dog,0.3");
  expect(await readNoiseFile(file("PK\u0000"))).toBeNull();
  expect(await readNoiseFile(file("cat,dog,0.3", 1e9))).toBeNull();
});
