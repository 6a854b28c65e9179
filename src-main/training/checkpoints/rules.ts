/** When a checkpoint is written and which of them stay: decisions as data, acted upon elsewhere. */

/** In the middle of an epoch, one is written this often. */
const everyMillis = 3 * 60_000;
/** Writing may take this share of the time since the one before: a network of a gigabyte and an epoch of seconds must not wait for the disk. */
const mostShare = 0.1;

export interface CheckpointMoment {
  readonly millisSinceLast: number;
  /** Of the one before; 0 where there is none. */
  readonly lastWriteMillis: number;
  readonly isEpochEnd: boolean;
}

export function isCheckpointDue({ millisSinceLast, lastWriteMillis, isEpochEnd }: CheckpointMoment): boolean {
  if (lastWriteMillis > mostShare * millisSinceLast) return false;
  return isEpochEnd || millisSinceLast >= everyMillis;
}

/** How many of the latest stay while the run can go on: one to go on from, and one to fall back to. */
const latestKept = 2;

/** One checkpoint as its arms' runs know it. */
export interface KeptCheckpoint {
  readonly folder: string;
  readonly step: number;
  /** One an arm, the lower the better; null in the middle of an epoch. */
  readonly costs: readonly (number | null)[];
}

/**
 * The best of each arm stays, and the latest two while the run can go on. Once it is complete its last weights are in a file of their own.
 * @returns folders that can go
 */
export function foldersToRemove(checkpoints: readonly KeptCheckpoint[], isComplete: boolean): readonly string[] {
  const byStep = checkpoints.toSorted((a, b) => b.step - a.step);
  const kept = new Set((isComplete ? [] : byStep.slice(0, latestKept)).map(({ folder }) => folder));
  const lastStep = byStep[0]?.step;
  for (const arm of byStep[0]?.costs.keys() ?? []) {
    const best = bestOf(checkpoints, ({ costs }) => costs[arm] ?? null);
    if (best && !(isComplete && best.step === lastStep)) kept.add(best.folder);
  }
  return byStep.map(({ folder }) => folder).filter((folder) => !kept.has(folder));
}

/** The one of the lowest cost; the earliest of equals; undefined where none has any. */
function bestOf<T extends { readonly step: number }>(
  all: readonly T[],
  costOf: (one: T) => number | null,
): T | undefined {
  const evaluated = all.filter((one) => costOf(one) !== null).toSorted((a, b) => a.step - b.step);
  return evaluated.reduce<T | undefined>(
    (best, one) => (best === undefined || costOf(one)! < costOf(best)! ? one : best),
    undefined,
  );
}
