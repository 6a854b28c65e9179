import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderOfSquare } from "../../src-main/batches/cache-folder.ts";
import { preparePictures } from "../../src-main/batches/picture-cache.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { openStored } from "../../src-main/inference/stored-squares.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";

const square = { inputPixels: 8, resize: usualResize };
const pictureBytes = 8 * 8 * 3;

/** Two classes of six, decoded once; the files themselves are gone. */
async function decodedOnce() {
  const folder = writeFiles(temporaryFolder(), { ...(await pictures("a", 6, 0)), ...(await pictures("b", 6, 50)) });
  const cacheFolder = temporaryFolder();
  const dataset = await openDataset({ kind: "folder", path: folder });
  await (await preparePictures({ dataset, ...square, cacheFolder })).close();
  rmSync(folder, { recursive: true });
  return { examples: dataset.examples, cacheFolder };
}

test("are read in the order that is asked for, without the files", async () => {
  const { examples, cacheFolder } = await decodedOnce();
  const backwards = examples.toReversed();
  const stored = (await openStored(cacheFolder, backwards, square))!;
  const into = new Uint8Array(4 * pictureBytes);
  expect(stored.read(2, 4, into)).toBe(true);
  await stored.close();
  // The red of the first pixel tells which picture it is.
  expect([0, 1, 2, 3].map((at) => into[at * pictureBytes])).toEqual([53, 52, 51, 50]);
});

test("are left to be decoded where one is not there or not whole, or nothing is known of the files", async () => {
  const { examples, cacheFolder } = await decodedOnce();
  const into = new Uint8Array(2 * pictureBytes);
  const readFrom = async (those: typeof examples, inputPixels = 8) => {
    const stored = (await openStored(cacheFolder, those, { ...square, inputPixels }))!;
    const isRead = stored.read(0, 2, into);
    await stored.close();
    return isRead;
  };
  const unknown = { ...examples[1]!, contentHash: "0".repeat(64) };
  expect([await readFrom(examples), await readFrom([examples[0]!, unknown])]).toEqual([true, false]);
  expect(await readFrom(examples, 16)).toBe(false);
  expect(await openStored(cacheFolder, [{ ...examples[0]!, contentHash: null }], square)).toBeNull();
  const folder = folderOfSquare(cacheFolder, square);
  for (const name of readdirSync(folder)) {
    const bytes = readFileSync(join(folder, name));
    bytes[10]! ^= 1;
    writeFileSync(join(folder, name), bytes);
  }
  expect(await readFrom(examples)).toBe(false);
});
