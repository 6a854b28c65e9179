/** Runs on two versions of one folder, side by side on the test pictures that both have unchanged. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { comparisonInWords } from "../../src-main/cli/runs.ts";
import type { DatasetSource, FolderSource } from "../../src-main/contract/dataset.ts";
import type { AskedEdit } from "../../src-main/contract/dataset-version.ts";
import { pictures, writeFiles } from "../support/picture-folder.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

let test: TestEngine;
let source: FolderSource;
const folder = mkdtempSync(join(tmpdir(), "strata-versions-"));

beforeAll(async () => {
  test = await startEngine();
  const classes = await Promise.all(
    ["cat", "dog", "hen"].map(async (name, place) => ({
      ...(await pictures(`train/${name}`, 20, 60 * place)),
      ...(await pictures(`test/${name}`, 10, 60 * place + 30)),
    })),
  );
  writeFiles(folder, Object.assign({}, ...classes));
  source = { kind: "folder", path: folder };
});
afterAll(async () => {
  await test.close();
  rmSync(folder, { recursive: true, force: true });
});

async function trainedOn(dataset: DatasetSource): Promise<number> {
  const request = requestFor(scripts.trainsToTheEnd);
  const configuration = { ...request.configuration, dataset };
  const { runIds } = await test.engine.scheduling.start({ ...request, configuration });
  await whenOver(test.engine, runIds[0]!);
  return runIds[0]!;
}
const saved = (edits: readonly AskedEdit[], note: string, from = source) =>
  test.engine.versions.save({ from, edits, author: "me", note });

it("figures, matrices, mistakes and the paired difference are of the pictures that no version changed", async () => {
  const { engine } = test;
  const before = await trainedOn(source);
  // The script is wrong on the first three test pictures: one of them gets another label, one leaves the test pictures, and so does one that it knew.
  const version = await saved(
    [
      { kind: "relabel", pictures: ["test/cat/00.png"], className: "dog" },
      { kind: "exclude", pictures: ["test/cat/01.png"] },
      { kind: "move", pictures: ["test/hen/09.png"], split: "train" },
    ],
    "mended",
  );
  const after = await trainedOn(version.source);
  const view = engine.comparison.compare([before, after]);
  expect(view.split).toBe("test");
  expect(view.shared).toEqual({ pictures: 27, leftOut: [3, 1] });
  // Before: wrong on 02 alone. After, the first three are 00, 02 and 03, of which 00 is not shared.
  expect(view.results.map((result) => [result?.pictures, result?.top1])).toEqual([
    [27, 26 / 27],
    [27, 25 / 27],
  ]);
  expect(view.results[0]?.top5).toBeUndefined();
  expect(view.confusions.map((matrix) => matrix?.counts)).toEqual([
    [
      [7, 1, 0],
      [0, 10, 0],
      [0, 0, 9],
    ],
    [
      [6, 2, 0],
      [0, 10, 0],
      [0, 0, 9],
    ],
  ]);
  expect(view.mistakes.map(({ answers }) => answers.map(({ answer }) => answer))).toEqual([
    [1, 1],
    [0, 1],
  ]);
  expect(view.top1Difference?.value).toBeCloseTo(-1 / 27);
  const words = comparisonInWords(view);
  expect(words).toContain("over the 27 test pictures that both versions have unchanged, one seed");
  expect(words).toContain(`left out were 3 of run ${before}, 1 of run ${after}`);
  expect(words).toMatch(/dataset\.version.*version 1 “mended”/);
});

it("labels that were judged on other pictures than the folder holds by now are not saved", async () => {
  const { engine } = test;
  const seen = await engine.datasets.inspect(source);
  const edits = [{ kind: "relabel", pictures: ["train/cat/03.png"], className: "dog" }] as const;
  const asked = { from: source, edits, author: "me", note: "judged" };
  writeFiles(folder, await pictures("train/owl", 12, 200));
  const now = await engine.datasets.inspect(source);
  await expect(engine.versions.save({ ...asked, datasetId: seen.id })).rejects.toMatchObject({ code: "data.changed" });
  expect(await engine.versions.save({ ...asked, datasetId: now.id })).toMatchObject({ note: "judged" });
  rmSync(join(folder, "train", "owl"), { recursive: true });
  expect((await engine.datasets.inspect(source)).id).toBe(seen.id);
});

it("is refused where no test picture is the same in both, and for suspects, which need one version", async () => {
  const { engine } = test;
  const before = await trainedOn(source);
  const renamed = await saved(
    ["cat", "dog", "hen"].map((from) => ({ kind: "rename-class", from, to: from.toUpperCase() }) as const),
    "capitals",
  );
  const after = await trainedOn(renamed.source);
  expect(() => engine.comparison.compare([before, after])).toThrow(
    expect.objectContaining({ code: "run.not-comparable", problem: expect.stringContaining("share no test picture") }),
  );
  expect(() => engine.comparison.labelSuspects([before, after], 1)).toThrow(
    expect.objectContaining({ code: "run.not-comparable" }),
  );
});
