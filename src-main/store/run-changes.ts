/** What the record is told of a run, and what of it can be read whatever its row holds. */
import type { RunConfiguration } from "../contract/configuration.ts";
import type { MadeBy } from "../contract/made-by.ts";
import type { EndReason, RunState } from "../contract/run.ts";
import type { InitialWeightsMatch } from "../contract/weights.ts";

/** Runs that train in step, in the order of their levels. */
export interface NewBlock {
  readonly runs: readonly NewRun[];
  /** Of the one process that trains all of them; null where it was not predicted. */
  readonly predictedMemoryBytes: number | null;
}

/** What all runs that are recorded together have. */
export interface NewRuns {
  readonly datasetId: number;
  /** Null for a run by itself. */
  readonly experiment: { readonly id: number; readonly firstBlock: number } | null;
  readonly ownerId: string;
  readonly createdAt: string;
}

export interface NewRun {
  readonly model: { readonly id: string; readonly title: string };
  readonly title: string;
  readonly configuration: RunConfiguration;
}

/** Of a run what stands in plain columns, so that it can be told also where its settings cannot be read. */
export interface RunStanding {
  readonly id: number;
  readonly state: RunState;
  readonly endReason: EndReason | null;
  readonly createdAt: string;
  readonly weightsFile: string | null;
}

export interface RunStart {
  readonly stepsPerEpoch: number;
  readonly parameters: number;
  readonly auxiliaryParameters: number;
  readonly initialWeightsHash: string;
  readonly trainingObjectiveFloor: number;
  /** Steps that were done before. */
  readonly step: number;
  readonly madeBy: MadeBy;
  readonly initialWeightsMatch: InitialWeightsMatch | null;
}

/** What a run has reached; what is left out stays as it was. */
export interface RunAdvance {
  readonly stepsDone?: number;
  readonly epochsDone?: number;
  readonly trainingSeconds?: number;
  readonly imagesPerSecond?: number;
}
