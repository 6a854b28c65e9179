import { expect, onTestFinished, test } from "vitest";
import { splitAnew } from "../../src-main/contract/split-plan.ts";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { startEngine } from "../support/with-engine.ts";

test("a preview is what the scan then finds, for pictures as found and for those parted already", async () => {
  const { engine, close } = await startEngine();
  onTestFinished(close);
  const path = writeFiles(temporaryFolder(), {
    ...(await pictures("train/cat", 20, 0)),
    ...(await pictures("train/dog", 12, 40)),
    ...(await pictures("test/owl", 8, 80)),
  });
  const source = { kind: "folder", path } as const;
  await engine.datasets.inspect(source);
  const plan = splitAnew.parse({ kind: "anew", validationShare: 0.25, testShare: 0.25, seed: 4, group: "name:1" });
  const previewed = await engine.splits.preview(source, plan);
  const parted = { ...source, split: plan };
  const { classes, counts, grouping } = await engine.datasets.inspect(parted);
  expect(previewed).toEqual({ classes, counts, grouping, leftOut: [] });
  expect(classes.map(({ name }) => name)).toEqual(["cat", "dog", "owl"]);
  expect(await engine.splits.preview(parted, plan)).toEqual(previewed);
  expect(await engine.splits.groups(parted)).toEqual([
    { group: "folder:1", groups: 3, first: ["cat", "dog", "owl"] },
    { group: "name:1", groups: 20, first: ["00", "01", "02"] },
  ]);
});
