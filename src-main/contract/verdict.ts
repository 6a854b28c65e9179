/** What can be told of an experiment's arms on the same pictures, over their seeds. */
import type { Level } from "./experiment.ts";

/** Means over pictures, so that each has an interval; but for ECE, whose interval is wider by what chance may add to it. */
export const judgedMeasures = ["top1", "balancedAccuracy", "hardLoss", "answerBrier", "ece"] as const;
/** Balanced accuracy, the mean recall of the classes, only where these have unequal numbers of pictures: else it is top-1. */
export type JudgedMeasure = (typeof judgedMeasures)[number];

/** Of so many rows at most: the more are compared, the more stand out by chance. */
export const mostJudgedRows = 20;

/** The second arm's value less the first's: top-1 and balanced accuracy as fractions, hard loss in nats, the Brier score and ECE without a unit. */
export interface MeasureVerdict {
  readonly measure: JudgedMeasure;
  readonly value: number;
  /** 95 % interval of this difference by itself, over pictures and seeds; over pictures alone where there is one seed. */
  readonly low: number;
  readonly high: number;
  /** By itself, and by Holm's correction among all comparisons of this measure. */
  readonly p: number;
  readonly adjustedP: number;
  /** The interval leaves out 0, and the correction leaves p below 0.05. */
  readonly isTold: boolean;
  /** What so many pictures and seeds would have shown in 8 of 10 tries, as the differences vary. Null for one seed, which does not say how seeds vary. */
  readonly smallestFound: number | null;
  /** About how many in all, with as many of the other as now, would show this difference in 8 of 10 tries; null for more than is reasonable, and for one seed. */
  readonly seedsToTell: number | null;
  readonly picturesToTell: number | null;
}

export interface ArmVerdict {
  /** One a factor, in their order. */
  readonly levels: readonly Level[];
  /** Of the row that it is compared with: the first of the same conditions that was asked for. */
  readonly against: readonly Level[];
  /** That both arms finished. */
  readonly seeds: readonly number[];
  readonly pictures: number;
  /** None where the arms have no seed in common that answered the same pictures; without hard loss where a probability was too small to be recorded, and without balanced accuracy where classes are equal. */
  readonly measures: readonly MeasureVerdict[];
}

export interface ExperimentVerdict {
  /** That every finished run has answers to: test where there is one. Null where there are none. */
  readonly split: "validation" | "test" | null;
  /** How often the test pictures of the data set were looked at; null where the split is another. */
  readonly testLooks: number | null;
  /** The rows that are compared with another, in the order in which they were asked for. */
  readonly arms: readonly ArmVerdict[];
  /** Why there are none. */
  readonly missing: "one-row" | "many-rows" | "no-answers" | null;
}
