/** Runs that were deleted a short while ago, and can be brought back. */
import type { EvaluationResult } from "./metric.ts";

/** They are kept so long; what is older is gone for good at the next start of an app or a server. */
export const keptDays = 30;
export const dayMillis = 24 * 60 * 60 * 1_000;

export interface DeletedRun {
  readonly id: number;
  readonly title: string;
  readonly modelTitle: string;
  readonly dataset: string;
  /** Of the last look; null where there was none. */
  readonly validation: EvaluationResult | null;
  /** Weights and checkpoints, which it holds as long as it can be brought back. */
  readonly diskBytes: number;
  /** ISO 8601, UTC. */
  readonly deletedAt: string;
  /** From then on it may be gone. */
  readonly keptUntil: string;
}

export interface DeletedRuns {
  /** Those deleted last, the last first. */
  readonly runs: readonly DeletedRun[];
  /** How many there are. */
  readonly found: number;
  readonly diskBytes: number;
}
