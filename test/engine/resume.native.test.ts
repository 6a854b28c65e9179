/** Real processes that are really killed. `test/bench/kills.ts` does the same fifty times over. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TrainDocument } from "../../src-main/cli/documents.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { answerOf, trainThroughKills } from "../support/kill-and-resume.ts";
import { recordedCourse } from "../support/recorded-course.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "strata-kills-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const flags = ["--data", "drawn:pictures=400", "--model", "alexnet", "--input", "32", "--width", "0.1"];
// Dropout, averages, momentum and augmentation: all of chance and memory that there is to lose.
const settings = ["--epochs", "10", "--batch", "16", "--average-decay", "0.99", "--dropout", "0.3", "--flip"];

test("a pair that is killed again and again ends as one that was left alone, to the last bit", {
  timeout: 240_000,
}, async () => {
  const words = [...flags, ...settings, "--pair", "smoothing"];
  const startedAt = performance.now();
  const whole = await answerOf<TrainDocument>(join(home, "whole"), ["train", ...words, "--json"]);
  // Of the time that the whole takes from its process's start: the first kill finds it alive.
  const withinMillis = 0.8 * (performance.now() - startedAt);
  const { uniform } = createRandom(7, "kills");
  const training = { home: join(home, "killed"), flags: words, kills: 4, random: uniform, withinMillis };
  const { document, killed } = await trainThroughKills(training);

  expect(killed).toBeGreaterThan(0);
  expect(document.runs.map(({ state, endReason }) => [state, endReason])).toEqual([
    ["finished", "completed"],
    ["finished", "completed"],
  ]);
  for (const [arm, { id }] of document.runs.entries())
    expect(recordedCourse(join(home, "killed"), id)).toEqual(recordedCourse(join(home, "whole"), whole.runs[arm]!.id));
});
