/** When a checkpoint is written and which of them stay: decisions as data, acted upon elsewhere. */

/** In the middle of an epoch, one is written this often. */
const everyMillis = 3 * 60_000;
/** Writing may take this share of the time since the one before: a network of a gigabyte and an epoch of seconds must not wait for the disk. */
const mostShare = 0.1;

/** At the few epochs that show how a network came to be, a small state is written however short the epoch was. */
const mostMilestoneMillis = 1_000;

export interface CheckpointMoment {
  readonly millisSinceLast: number;
  /** Of the one before; 0 where there is none. */
  readonly lastWriteMillis: number;
  /** Null in the middle of an epoch. */
  readonly endedEpoch: number | null;
}

export function isCheckpointDue({ millisSinceLast, lastWriteMillis, endedEpoch }: CheckpointMoment): boolean {
  const isEpochEnd = endedEpoch !== null;
  if (isEpochEnd && isMilestone(endedEpoch) && lastWriteMillis <= mostMilestoneMillis) return true;
  if (lastWriteMillis > mostShare * millisSinceLast) return false;
  return isEpochEnd || millisSinceLast >= everyMillis;
}

/** How many of the latest stay while the run can go on: one to go on from, and one to fall back to. */
const latestKept = 2;

/** Epochs 1, 2, 4, 8 and so on: early ones change a network most. */
function isMilestone(epoch: number): boolean {
  return Number.isInteger(Math.log2(epoch));
}

/** Larger states stay for no milestone: some fourteen of them at most, so that they come to less than half a gigabyte. */
const mostMilestoneBytes = 32_000_000;

/** One checkpoint as its arms' runs know it. */
export interface KeptCheckpoint {
  readonly folder: string;
  readonly step: number;
  readonly epoch: number;
  /** Of all arms. */
  readonly bytes: number;
  /** One an arm, the lower the better; null in the middle of an epoch. */
  readonly costs: readonly (number | null)[];
}

export interface KeepingRule {
  readonly isComplete: boolean;
  /** Small states of milestones stay. */
  readonly keepsMilestones: boolean;
}

/**
 * The best of each arm stays, and the latest two while the run can go on. Once it is complete its last weights are in a file of their own.
 * @returns folders that can go
 */
export function foldersToRemove(
  checkpoints: readonly KeptCheckpoint[],
  { isComplete, keepsMilestones }: KeepingRule,
): readonly string[] {
  const byStep = checkpoints.toSorted((a, b) => b.step - a.step);
  const kept = new Set((isComplete ? [] : byStep.slice(0, latestKept)).map(({ folder }) => folder));
  const lastStep = byStep[0]?.step;
  for (const arm of byStep[0]?.costs.keys() ?? []) {
    const best = bestOf(checkpoints, ({ costs }) => costs[arm] ?? null);
    if (best && !(isComplete && best.step === lastStep)) kept.add(best.folder);
  }
  const milestones = byStep.filter(({ epoch, costs, bytes, step }) => {
    if (!isMilestone(epoch) || bytes > mostMilestoneBytes) return false;
    // In the middle of an epoch there is no cost. The last one's weights have a file of their own.
    return costs.every((cost) => cost !== null) && !(isComplete && step === lastStep);
  });
  if (keepsMilestones) for (const { folder } of milestones) kept.add(folder);
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
