import type { RunView } from "../../../src-main/contract/run.ts";
import type { ChartLine, LineAlong } from "../../ui/charts/chart-line.ts";
import type { Columns } from "../../ui/charts/columns.ts";

export interface SeedCurve {
  readonly run: RunView;
  readonly columns: Columns;
  readonly along: LineAlong | null;
}

export interface ArmCurves {
  readonly name: string;
  readonly hue: number;
  /** All that were not removed. */
  readonly seeds: readonly SeedCurve[];
}

/** An arm's mean, and which seeds it is of. */
export interface MeanCurve {
  readonly line: ChartLine;
  /** The mean is over these. */
  readonly seeds: readonly SeedCurve[];
  /** Neither in it nor at their end. */
  readonly going: readonly SeedCurve[];
  /** Nothing is recorded of them. */
  readonly empty: readonly SeedCurve[];
  /** Those among `seeds` that ended before others did: the mean ends with the first of them. */
  readonly short: readonly SeedCurve[];
}
