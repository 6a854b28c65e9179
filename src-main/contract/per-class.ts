/** What runs answered to the pictures of each class. */

import type { Mistake } from "./comparison.ts";
import type { ConfusionMatrix } from "./run.ts";

/** Of one run, or of several on the same pictures. */
export interface PerClassView {
  /** Test where every run was tested, else validation. */
  readonly split: "test" | "validation";
  /** How often the test pictures of the data set were looked at; null where the split is another. */
  readonly testLooks: number | null;
  readonly classes: readonly string[];
  /** In the order asked for. */
  readonly runs: readonly {
    readonly runId: number;
    readonly title: string;
    readonly counts: ConfusionMatrix["counts"];
  }[];
}

export interface AskedCell {
  readonly runIds: readonly number[];
  /** True class, and the answer of one run or more, by their places among the classes. */
  readonly truth: number;
  readonly said: number;
  readonly offset: number;
  readonly most: number;
}

/** Pictures of one class that a run, or one of several, took for one class: some of them, the surest answers first. */
export interface CellPictures {
  readonly split: "test" | "validation";
  readonly count: number;
  readonly pictures: readonly Mistake[];
}

/** Pictures of a cell that are asked for at once. */
export const mostCellPictures = 200;
