/** From mistakes to labels on the command line: suspects are accepted, a pair is repeated on the version, and compared. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { pictures, temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { createTestCli, type TestCli } from "../support/run-cli.ts";
import { scripts } from "../support/trainer-scripts.ts";

let cli: TestCli;
let folder: string;
beforeEach(async () => {
  cli = createTestCli();
  folder = writeFiles(temporaryFolder(), {
    ...(await pictures("train/cat", 12)),
    ...(await pictures("train/dog", 12, 20)),
    ...(await pictures("test/cat", 24, 40)),
    ...(await pictures("test/dog", 24, 70)),
  });
});
afterEach(() => cli.remove());

const json = async (...words: string[]) => {
  const { out, err } = await cli.run([...words, "--json"]);
  expect(err).toBe("");
  return JSON.parse(out);
};

it("accepts the suspects that are named, repeats a pair on the version, and compares on what both have unchanged", async () => {
  const seed = String(scripts.trainsToTheEnd);
  const set = ["--model", "lenet5", "--epochs", "2", "--batch", "8", "--seed", seed, "--pair", "smoothing"];
  await json("train", "--data", folder, ...set);
  const { suspects } = await json("data", "suspects", "1", "2");
  expect(suspects.asked.map(({ runId, split }: { runId: number; split: string }) => [runId, split])).toEqual([
    [1, "test"],
    [2, "test"],
  ]);
  // Arm A takes the first three test pictures for dogs, and is surest of the first; arm B takes that one alone.
  const named = suspects.first.map(({ name, answers }: { name: string; answers: readonly { className: string }[] }) => [
    name,
    ...answers.map(({ className }) => className),
  ]);
  expect(named).toEqual([
    ["test/cat/00.png", "dog", "dog"],
    ["test/cat/01.png", "dog", "cat"],
    ["test/cat/02.png", "dog", "cat"],
  ]);

  const mistyped = await cli.run(["data", "suspects", "1", "--accept", "test/cta/00.png"]);
  expect([mistyped.exitCode, mistyped.err]).toEqual([2, expect.stringContaining("Did you mean test/cat/00.png?")]);
  const wrong = ["test/cat/00.png", "test/cat/02.png"];
  const saved = await cli.run(["data", "suspects", "1", "2", "--accept", ...wrong, "--note", "looked through"]);
  expect(saved.err).toBe("");
  expect(saved.out).toMatch(
    /^Saved as version 1 “looked through”: 2 pictures relabelled as dog\. Retrain with it: strata repeat 1 --data-version 1\n$/,
  );

  const { runs } = await json("repeat", "1", "--data-version", "looked through");
  expect(runs.map(({ id, arm, dataset }: { id: number; arm: string; dataset: string }) => [id, arm, dataset])).toEqual([
    [3, "A", expect.stringContaining("version 1 “looked through”")],
    [4, "B", expect.stringContaining("version 1 “looked through”")],
  ]);
  const shown = async (id: number) => (await json("show", String(id))).run.configuration;
  const { dataset: before, ...settings } = await shown(2);
  const { dataset: after, ...repeated } = await shown(4);
  expect([repeated, after.path]).toEqual([settings, before.path]);
  // Back on the pictures as they stand on disk.
  expect((await json("repeat", "4", "--data-version", "0")).runs[1].dataset).not.toContain("version");
  expect((await shown(6)).dataset).toEqual(before);

  const comparison = await json("compare", "1", "3");
  expect([comparison.shared, comparison.pictures]).toEqual([{ pictures: 46, leftOut: [2, 2] }, 46]);
});
