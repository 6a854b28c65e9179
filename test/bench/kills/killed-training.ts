/** Kinds of kills that training is to survive: a run, a pair, a sweep, one whose runs train side by side, and a saved state that is being written. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import type { TrainDocument } from "../../../src-main/cli/documents.ts";
import { pathsOf } from "../../../src-main/platform/paths.ts";
import type { Random } from "../../../src-main/platform/random.ts";
import { answerOf, trainThroughKills, type Victim, victims } from "../../support/kill-and-resume.ts";
import { recordedCourse } from "../../support/recorded-course.ts";
import type { Course, Kind } from "./kind.ts";

// Dropout, averages, momentum and augmentation: all of chance and memory that there is to lose. Small pictures and few, so that a kill takes three seconds.
const job = (width: number, epochs: number) =>
  `--data drawn:pictures=120,pixels=16 --model alexnet --input 32 --width ${width} --epochs ${epochs} --batch 16`
    .concat(" --average-decay 0.99 --dropout 0.3 --flip")
    .split(" ");

interface Trained {
  readonly words: readonly string[];
  /** Of the time that it takes when nobody kills it, how much may pass before a kill. */
  readonly share: number;
  readonly killsACourse: number;
  readonly variables?: NodeJS.ProcessEnv;
}

const run = { words: ["train", ...job(0.05, 30)], share: 0.7, killsACourse: 10 };
const pair = { words: ["train", ...job(0.05, 20), "--pair", "smoothing"], share: 0.7, killsACourse: 10 };
const sweep = {
  words: ["sweep", ...job(0.05, 8), "--vary", "smoothing=0,0.1", "--seeds", "1,2"],
  share: 0.4,
  killsACourse: 12,
};
const sideBySide = {
  words: ["sweep", ...job(0.05, 8), "--vary", "smoothing=0,0.1", "--seeds", "1,2,3"],
  share: 0.6,
  killsACourse: 10,
  variables: { STRATA_RUNS_AT_ONCE: "3" },
};
// So wide that a saved state takes some hundredths of a second to write.
const checkpoint = { words: ["train", ...job(0.12, 40)], share: 1, killsACourse: 12 };

export const trainingKinds: readonly Kind[] = [
  kindOf("run", run, atAnyMoment),
  kindOf("pair", pair, atAnyMoment),
  kindOf("sweep", sweep, atAnyMoment),
  kindOf("side-by-side", sideBySide, atAnyMoment),
  kindOf("checkpoint", checkpoint, whileOneIsWritten, (random) => (random.integer(2) === 0 ? "trainer" : "both")),
];

/** When the next kill comes. */
type Moment = (how: {
  readonly home: string;
  readonly random: Random;
  readonly withinMillis: number;
  readonly gone: AbortSignal;
}) => Promise<void>;

function kindOf(
  name: string,
  { words, share, killsACourse, variables }: Trained,
  moment: Moment,
  victimOf: (random: Random) => Victim = (random) => victims[random.integer(victims.length)]!,
): Kind {
  return {
    name,
    async begin(folder, random) {
      const wholeHome = join(folder, "whole");
      // The first fills the caches of the program's own files, so that the second takes as long as those that are killed.
      const whole = await answerOf<TrainDocument>(wholeHome, [...words, "--json"], variables);
      const startedAt = performance.now();
      await answerOf<TrainDocument>(join(folder, "again"), [...words, "--json"], variables);
      const withinMillis = share * (performance.now() - startedAt);
      const expected = whole.runs.map(({ id }) => recordedCourse(wholeHome, id));
      return async (home, most): Promise<Course> => {
        const seen = { halfWritten: 0 };
        const { document, killed } = await trainThroughKills({
          ...{ home, words, variables, kills: Math.min(most, killsACourse) },
          moment: (gone) => moment({ home, random, withinMillis, gone }),
          victim: () => victimOf(random),
          onKilled: () => {
            if (partialIn(home)) seen.halfWritten++;
          },
        });
        const isEqual =
          document.runs.length === expected.length &&
          document.runs.every(({ id }, index) => isDeepStrictEqual(recordedCourse(home, id), expected[index]));
        return { kills: killed, halfWritten: seen.halfWritten, differs: isEqual ? null : "points, figures or weights" };
      };
    },
  };
}

async function atAnyMoment({ random, withinMillis, gone }: Parameters<Moment>[0]): Promise<void> {
  await pause(random.uniform() * withinMillis, undefined, { signal: gone }).catch(() => {});
}

/** The first, the second or the third that is begun from now on; some of the moments fall just behind its end. */
async function whileOneIsWritten({ home, random, gone }: Parameters<Moment>[0]): Promise<void> {
  const mostMillis = 25;
  let left = 1 + random.integer(3);
  // What a kill before this one left behind is no beginning.
  let known = partialIn(home);
  while (!gone.aborted) {
    const partial = partialIn(home);
    if (partial !== null && partial !== known && --left === 0) break;
    known = partial ?? known;
    await pause(1);
  }
  const until = performance.now() + random.uniform() * mostMillis;
  while (performance.now() < until && !gone.aborted) await pause(1);
}

/** A saved state that is being written, or was when its process was killed. */
function partialIn(home: string): string | null {
  const { checkpoints } = pathsOf(home);
  const names = (folder: string): readonly string[] => {
    try {
      return readdirSync(folder);
    } catch {
      // Nothing was saved there yet.
      return [];
    }
  };
  const inside = names(checkpoints).flatMap((job) => names(join(checkpoints, job)));
  return inside.find((name) => name.endsWith(".partial")) ?? null;
}
