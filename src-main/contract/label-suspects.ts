/** Pictures whose labels are likely wrong, by runs that had not trained on them. */
import type { SplitName } from "./dataset.ts";

/** A picture whose label is likely wrong, and the class that it resembles. */
export interface LabelSuspect {
  readonly example: number;
  readonly name: string;
  readonly split: SplitName;
  readonly label: string;
  readonly resembles: string;
  /** Probability of the class that it resembles, and of its label. */
  readonly confidence: number;
  readonly labelConfidence: number;
  /** What every run that held it out took it for, the run that counts first. */
  readonly answers: readonly {
    readonly runId: number;
    readonly className: string;
    readonly confidence: number;
    readonly labelConfidence: number;
  }[];
}

/** A run whose answers suspects come from, and the pictures that it held out. */
export interface AskedRun {
  readonly runId: number;
  readonly split: SplitName;
  /** In place of the test pictures. */
  readonly fold: { readonly index: number; readonly count: number } | null;
  readonly pictures: number;
}

/** More than anyone goes through at once. */
export const mostSuspects = 1_000;

/** Those of the pictures that runs answered without having trained on them. */
export interface LabelSuspects {
  readonly datasetId: number;
  readonly classes: readonly string[];
  /** In the order asked for: of a picture that several held out, the first counts. */
  readonly asked: readonly AskedRun[];
  /** How many were answered. */
  readonly pictures: number;
  /** How many are suspects; `first` has the surest of them. */
  readonly count: number;
  readonly first: readonly LabelSuspect[];
}
