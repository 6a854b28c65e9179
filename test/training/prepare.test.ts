import { join } from "node:path";
import { expect, test } from "vitest";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { prepareJob } from "../../src-main/training/prepare.ts";
import { plain, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { compactInception } from "../support/sample-views.ts";

async function eightOfEach() {
  const wide = async (red: number) => await plain(red, 0, 0, 64, 32).png().toBuffer();
  const names = ["train/a", "train/b", "test/a", "test/b"].flatMap((place) =>
    [1, 2, 3, 4].map((one) => `${place}/${one}`),
  );
  const files = names.map(async (name, at) => [`${name}.png`, await wide(200 + at)] as const);
  const folder = writeFiles(temporaryFolder(), Object.fromEntries(await Promise.all(files)));
  const dataset = await openDataset({ kind: "folder", path: folder });
  const paths = pathsOf(join(folder, "home"));
  return { dataset, paths, names };
}

test("each fold of the training pictures is tested on by one run, in place of the test pictures", async () => {
  const { dataset, paths } = await eightOfEach();
  const splitsIn = async (fold: { index: number; count: number } | null) => {
    const training = { ...compactInception.training, fold };
    const arms = [{ ...compactInception, dataset: dataset.source, training }];
    const prepared = await prepareJob(
      { dataset, arms, paths, checkpointFolder: "1", resumeFrom: null },
      async () => {},
      {
        reason: null,
      },
    );
    await prepared?.cache.close();
    return prepared!.splits;
  };
  const whole = await splitsIn(null);
  const folds = [await splitsIn({ index: 1, count: 2 }), await splitsIn({ index: 2, count: 2 })];
  const held = folds.flatMap(({ test: tested }) => tested.map(({ name }) => name));
  expect(held.toSorted()).toEqual(whole.train.map(({ name }) => name).toSorted());
  for (const { train, test: tested } of folds) expect(train.length + tested.length).toBe(whole.train.length);
});

test("a job’s pictures of all splits are brought to squares as its configuration says", async () => {
  const { dataset, paths, names } = await eightOfEach();
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
