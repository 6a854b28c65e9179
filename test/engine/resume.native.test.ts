/** Real processes that are really killed, each a few steps on. `test/bench/kills.ts` does the same over and over, at any moment. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TrainDocument } from "../../src-main/cli/documents.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { answerOf, trainThroughKills } from "../support/kill-and-resume.ts";
import { recordRow } from "../support/record-row.ts";
import { recordedCourse } from "../support/recorded-course.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "strata-kills-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const flags = ["--data", "drawn:pictures=400", "--model", "alexnet", "--input", "32", "--width", "0.1"];
// Dropout, averages, momentum and augmentation: all of chance and memory that there is to lose.
const settings = ["--epochs", "5", "--batch", "16", "--average-decay", "0.99", "--dropout", "0.3", "--flip"];

test("a pair that is killed again and again ends as one that was left alone, to the last bit", async () => {
  const words = [...flags, ...settings, "--pair", "smoothing"];
  const whole = await answerOf<TrainDocument>(join(home, "whole"), ["train", ...words, "--json"]);
  const { uniform } = createRandom(7, "kills");
  // Of 200 steps in both arms together.
  const moment = async (gone: AbortSignal): Promise<void> => {
    const enough = stepsOf(join(home, "killed")) + 1 + Math.floor(40 * uniform());
    while (!gone.aborted && stepsOf(join(home, "killed")) < enough) await pause(10);
  };
  const { document, killed } = await trainThroughKills({
    home: join(home, "killed"),
    words: ["train", ...words],
    kills: 2,
    moment,
  });

  expect(killed).toBe(2);
  expect(document.runs.map(({ state, endReason }) => [state, endReason])).toEqual([
    ["finished", "completed"],
    ["finished", "completed"],
  ]);
  for (const [arm, { id }] of document.runs.entries())
    expect(recordedCourse(join(home, "killed"), id)).toEqual(recordedCourse(join(home, "whole"), whole.runs[arm]!.id));
});

/** On record so far. */
function stepsOf(home: string): number {
  if (!existsSync(pathsOf(home).database)) return 0;
  if (recordRow(home, "SELECT count(*) AS n FROM sqlite_schema WHERE name = 'points'").n === 0) return 0;
  return Number(recordRow(home, "SELECT count(*) AS n FROM points WHERE metric = 'hardLoss' AND cadence = 'batch'").n);
}
