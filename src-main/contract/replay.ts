/** A run that was trained again by its record, beside the one that it repeats. */
import type { SplitName } from "./dataset.ts";

/** A recorded value that is another in the replay; null where one of the two has none. */
export interface ReplayDifference {
  /** What it is of. */
  readonly metric: string;
  readonly split: SplitName;
  readonly step: number;
  /** That both values are over; null where they are of none, or that cannot be read. */
  readonly pictures: number | null;
  readonly original: number | null;
  readonly replay: number | null;
}

/** How the pictures of a run differ from those of its replay. */
export interface PictureDifferences {
  /** By their fingerprints. */
  readonly areSame: boolean;
  /** Of every class and split of which one has more than the other. Others may still be of other files, or the same with other labels. */
  readonly counts: readonly {
    readonly className: string;
    readonly split: SplitName;
    readonly original: number;
    readonly replay: number;
  }[];
}

export interface ReplayOutcome {
  readonly runId: number;
  readonly replayId: number;
  /** Every recorded value is the same to the last bit, and there are some. */
  readonly isSame: boolean;
  /** Recorded values of both together: points, evaluations and answers to single pictures. Speeds are none of them. */
  readonly values: number;
  /** Those that differ, or that one of the two lacks. */
  readonly different: number;
  /** Whether both began with the same weights; null where that is not recorded. */
  readonly hasSameStart: boolean | null;
  readonly pictures: PictureDifferences;
  /** The first by its step. */
  readonly first: ReplayDifference | null;
  /** Of each metric and split the value that differs most; those of evaluations and points. */
  readonly furthest: readonly ReplayDifference[];
  /** What made them, where that differs. */
  readonly madeBy: readonly { readonly title: string; readonly original: string; readonly replay: string }[];
}
