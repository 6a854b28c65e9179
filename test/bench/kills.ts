/**
 * Fifty kills at random moments of a run, and fifty of a pair: whatever is killed is taken up again, and ends as one that was left alone, point for point and
 * to the last bit of its weights. Some ten minutes. `node test/bench/kills.ts [kills] [run|pair]`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { TrainDocument } from "../../src-main/cli/documents.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { answerOf, trainThroughKills } from "../support/kill-and-resume.ts";
import { recordedCourse } from "../support/recorded-course.ts";

const wanted = Number(process.argv[2] ?? 50);
const asked = process.argv[3];
// Dropout, averages, momentum and augmentation: all of chance and memory that there is to lose. Some seconds in all, so that each kill costs no more.
const single = "--data drawn:pictures=400 --model alexnet --input 32 --width 0.1 --epochs 10 --batch 16"
  .concat(" --average-decay 0.99 --dropout 0.3 --flip")
  .split(" ");
const home = mkdtempSync(join(tmpdir(), "strata-kills-"));
let failures = 0;
try {
  for (const [name, flags] of [
    ["run", single],
    ["pair", [...single, "--pair", "smoothing"]],
  ] as const) {
    if (asked !== undefined && asked !== name) continue;
    const startedAt = performance.now();
    const whole = await answerOf<TrainDocument>(join(home, name), ["train", ...flags, "--json"]);
    const withinMillis = 0.8 * (performance.now() - startedAt);
    const expected = whole.runs.map(({ id }) => recordedCourse(join(home, name), id));
    const { uniform } = createRandom(1, "kills", name);
    for (let kills = 0, round = 1; kills < wanted; round++) {
      const killedHome = join(home, `${name}-${round}`);
      const moment = (signal: AbortSignal) => pause(uniform() * withinMillis, undefined, { signal }).catch(() => {});
      const training = { home: killedHome, flags, kills: Math.min(10, wanted - kills), moment };
      const { document, killed } = await trainThroughKills(training);
      kills += killed;
      const isEqual = document.runs.every(({ id }, arm) =>
        isDeepStrictEqual(recordedCourse(killedHome, id), expected[arm]),
      );
      if (!isEqual) failures++;
      process.stdout.write(`${name}: ${kills} kills, ${isEqual ? "equal to the last bit" : "NOT EQUAL"}\n`);
      rmSync(killedHome, { recursive: true });
    }
  }
} finally {
  rmSync(home, { recursive: true, force: true });
}
process.exitCode = failures === 0 ? 0 : 1;
