import { join } from "node:path";
import { expect, test } from "vitest";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { prepareJob } from "../../src-main/training/prepare.ts";
import { plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { compactInception } from "../support/sample-views.ts";

test("a job’s pictures of all splits are brought to squares as its configuration says", async () => {
  const wide = async (red: number) => await plain(red, 0, 0, 64, 32).png().toBuffer();
  const names = ["train/a", "train/b", "test/a", "test/b"].flatMap((place) =>
    [1, 2, 3, 4].map((one) => `${place}/${one}`),
  );
  const files = names.map(async (name, at) => [`${name}.png`, await wide(200 + at)] as const);
  const folder = writeFiles(temporaryFolder(), Object.fromEntries(await Promise.all(files)));
  const dataset = await openDataset({ kind: "folder", path: folder });
  const paths = pathsOf(join(folder, "home"));
  const firstReds = async (resize: typeof usualResize) => {
    const arms = [{ ...compactInception, dataset: dataset.source, resize }];
    const job = { dataset, arms, paths, checkpointFolder: "1", resumeFrom: null };
    const prepared = await prepareJob(job, async () => {}, { reason: null });
    if (!prepared) throw new Error("nothing was prepared");
    const { cache, splits } = prepared;
    const indexes = [...splits.train, ...splits.validation, ...splits.test].map(({ index }) => index);
    const pictureBytes = cache.inputPixels ** 2 * 3;
    const into = new Uint8Array(indexes.length * pictureBytes);
    await cache.read(indexes, into);
    await cache.close();
    return indexes.map((_, place) => into[place * pictureBytes] ?? -1);
  };
  const cropped = await firstReds(usualResize);
  expect(cropped.toSorted()).toEqual(names.map((_, at) => 200 + at));
  expect(await firstReds({ ...usualResize, fit: "pad" })).toEqual(names.map(() => 0));
});
