/** What the page of the first start shows, and the small training that proves that this machine trains. */
import { statfs } from "node:fs/promises";
import type { RunConfiguration } from "../../contract/configuration.ts";
import { type FirstStart, type KeptThing, proofTag } from "../../contract/first-start.ts";
import { usualResize } from "../../contract/resize.ts";
import type { RunView } from "../../contract/run.ts";
import { singleRun } from "../../domain/experiments/experiment-plan.ts";
import type { Clock } from "../../platform/clock.ts";
import { freeMemoryBytes } from "../../platform/memory.ts";
import type { Paths } from "../../platform/paths.ts";
import { processorModel } from "../../platform/processor.ts";
import { backupFolderOf } from "../../store/backup.ts";
import type { Store } from "../../store/open-store.ts";
import { trainDefaults } from "../models/train-defaults.ts";
import type { RunLibrary } from "../runs/run-library.ts";
import type { Scheduling } from "../scheduling/scheduling.ts";

export interface FirstStarts {
  view(): Promise<FirstStart>;
  /** No window begins with it any more. */
  dismiss(): void;
  /**
   * Trains the proof, or names the one that is going. It is recorded like any run, with a title and a tag that tell it.
   * Throws what `Scheduling.start` does.
   */
  prove(): Promise<number>;
}

/** The smallest of the shelf that learns these pictures well within a minute on two cores, which LeNet-5 does not. */
export function proofConfiguration(): RunConfiguration {
  const { model, training } = trainDefaults({ id: "alexnet", inputPixels: 32, width: 0.125 });
  return {
    dataset: { kind: "drawn", pictures: 1_500, pixels: 32, difficulty: 0, seed: 1 },
    model,
    resize: usualResize,
    training: { ...training, epochs: 10 },
    seed: 1,
  };
}

export function createFirstStarts(tools: {
  /** Whether a window may begin with it. */
  readonly isOffered: boolean;
  readonly store: Store;
  readonly paths: Paths;
  readonly clock: Clock;
  readonly scheduling: Scheduling;
  readonly runs: RunLibrary;
}): FirstStarts {
  const { isOffered, store, paths, clock, scheduling, runs } = tools;
  let starting: Promise<number> | null = null;
  const start = async (): Promise<number> => {
    const { runIds } = await scheduling.start(singleRun(proofConfiguration()));
    const [runId] = runIds as readonly [number];
    runs.rename(runId, "Proof: AlexNet on drawn pictures");
    runs.mark([runId], { addTags: [proofTag] });
    return runId;
  };

  return {
    async view() {
      const recorded = store.runs.list();
      return {
        isWanted: isOffered && !store.notices.isWelcomed() && recorded.length === 0,
        processor: processorModel(),
        freeMemoryBytes: freeMemoryBytes(),
        freeDiskBytes: await freeDiskBytes(paths.home),
        places: placesIn(paths),
        proofRunId: recorded.find(isProof)?.id ?? null,
      };
    },
    dismiss: () => store.notices.welcome(clock.now().toISOString()),
    async prove() {
      const going = store.runs
        .list()
        .find((run) => isProof(run) && (run.state === "queued" || run.state === "running"));
      if (going) return going.id;
      // Two windows may ask at once.
      starting ??= start().finally(() => {
        starting = null;
      });
      return starting;
    },
  };
}

function isProof({ tags }: RunView): boolean {
  return tags.includes(proofTag);
}

function placesIn(paths: Paths): FirstStart["places"] {
  const places: Record<KeptThing, string> = {
    record: paths.database,
    copies: backupFolderOf(paths.database),
    weights: paths.weights,
    states: paths.checkpoints,
    pictures: paths.pictureCache,
    log: paths.log,
  };
  // The record has the keys of exactly this type.
  return (Object.keys(places) as KeptThing[]).map((what) => ({ what, path: places[what] }));
}

async function freeDiskBytes(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? null : disk.bavail * disk.bsize;
}
