/** What `--json` prints of runs. Fractions in 0–1, losses in nats, units in the names; where a run's `loss` is `hinge`, its objective has no unit. */
import type { Loss } from "../contract/architecture.ts";
import type { ComparisonView } from "../contract/comparison.ts";
import type { Factor } from "../contract/experiment.ts";
import type { EvaluationResult, MetricId } from "../contract/metric.ts";
import type { EndReason, RunState, RunView } from "../contract/run.ts";
import { armLetter } from "../domain/experiments/experiment-plan.ts";
import { type Metric, valueIn } from "../domain/metrics/metric.ts";
import { evaluatedMetrics, metrics } from "../domain/metrics/metrics.ts";
import { type MadeByRow, madeByDifferences } from "../domain/runs/made-by.ts";
import { type FieldValue, finalSplit } from "../domain/runs/run-values.ts";
import type { PagedDocument } from "./page-flags.ts";

/** On so many pictures, every metric by its id; null where it has no value, as top-5 with five classes or fewer, where it would be 1 whatever the network answers. */
export type EvaluationDocument = { readonly pictures: number } & Readonly<Record<MetricId, number | null>>;

export interface RunDocument {
  readonly id: number;
  /** A, B, … in its block; null where it is its block alone. */
  readonly arm: string | null;
  readonly model: string;
  /** What its objective is made of; null for a network that is no longer on the model registry. */
  readonly loss: Loss | null;
  readonly dataset: string;
  readonly state: RunState;
  readonly endReason: EndReason | null;
  readonly epochs: number;
  readonly steps: number;
  readonly parameters: number | null;
  readonly imagesPerSecond: number | null;
  readonly validation: EvaluationDocument | null;
  readonly test: EvaluationDocument | null;
  /** From start to end of every attempt of its training; null for a run that has not ended or never began. */
  readonly seconds: number | null;
}

export interface ListedRunDocument
  extends RunDocument,
    Pick<RunView, "tags" | "isPinned" | "isArchived" | "diskBytes"> {
  /** On the validation pictures, at the epoch of the least hard loss. */
  readonly best: ({ readonly epoch: number } & EvaluationDocument) | null;
  /** The figures that a list shows of it: test where they were looked at; null where there are none yet. */
  readonly split: "test" | "validation" | null;
  readonly title: string;
  readonly experiment: number | null;
  /** From 0: runs of one block advance in step. */
  readonly block: number | null;
  readonly createdAt: string;
}

/** `runs --json` */
export interface RunsDocument extends PagedDocument {
  /** What `--sort` put the runs in order of, with each one's value; null without it. */
  readonly sortedBy: {
    readonly field: string;
    readonly order: "ascending" | "descending";
    readonly values: readonly FieldValue[];
  } | null;
  readonly runs: readonly ListedRunDocument[];
}

/** `show --json` */
export interface ShowDocument {
  readonly run: ListedRunDocument & {
    /** In what the arms of its block differ. */
    readonly differs: readonly Factor[];
  } & Pick<
      RunView,
      | "note"
      | "error"
      | "configuration"
      | "auxiliaryParameters"
      | "initialWeightsHash"
      | "trainingObjectiveFloor"
      | "trainingSeconds"
      | "picturesSkipped"
      | "stepsSkipped"
      | "initialWeightsMatch"
      | "weights"
      | "restoredEpoch"
      | "keptEpochs"
      | "weightsError"
      | "predictedMemoryBytes"
      | "peakMemoryBytes"
      | "leakedTensors"
      | "madeBy"
    >;
  /** How often the test pictures of its data set were looked at. */
  readonly testLooks: number;
}

/** `compare --json`: arrays have one entry a run, in the order asked for. */
export interface CompareDocument
  extends Pick<
    ComparisonView,
    | "differences"
    | "split"
    | "testLooks"
    | "shared"
    | "classes"
    | "mistakes"
    | "top1Difference"
    | "hardLossDifference"
    | "eceDifference"
    | "mcnemar"
  > {
  readonly runs: readonly (ListedRunDocument & Pick<RunView, "madeBy">)[];
  /** On which the results are, of the split named; null where there are none. */
  readonly pictures: number | null;
  readonly results: readonly (EvaluationDocument | null)[];
  readonly confusions: readonly (readonly (readonly number[])[] | null)[];
  /** Of what made the runs, as far as it is recorded: in words, one value a run. */
  readonly madeByDifferences: readonly MadeByRow[];
}

export function evaluationDocument(
  result: EvaluationResult | null,
  all: readonly Metric[] = metrics,
): EvaluationDocument | null {
  if (result === null) return null;
  const values = evaluatedMetrics(undefined, all).map((metric) => [metric.id, valueIn(result, metric)] as const);
  return { pictures: result.pictures, ...Object.fromEntries(values) };
}

export function runDocument(run: RunView): RunDocument {
  return {
    id: run.id,
    arm: run.experiment?.arm == null ? null : armLetter(run.experiment.arm),
    model: run.model.id,
    loss: run.loss,
    dataset: run.dataset.name,
    state: run.state,
    endReason: run.endReason,
    epochs: run.epochsDone,
    steps: run.stepsDone,
    parameters: run.parameters,
    imagesPerSecond: run.imagesPerSecond,
    validation: evaluationDocument(run.validation),
    test: evaluationDocument(run.test),
    seconds: run.seconds,
  };
}

export function listedRunDocument(run: RunView): ListedRunDocument {
  const { title, experiment, createdAt, tags, isPinned, isArchived, diskBytes } = run;
  const best = run.best && { epoch: run.best.epoch, ...evaluationDocument(run.best.result)! };
  return {
    ...runDocument(run),
    title,
    experiment: experiment?.id ?? null,
    block: experiment?.block ?? null,
    createdAt,
    tags,
    isPinned,
    isArchived,
    diskBytes,
    best,
    split: finalSplit(run),
  };
}

export function showDocument(run: RunView, testLooks: number): ShowDocument {
  const { note, error, configuration, auxiliaryParameters, initialWeightsHash } = run;
  const { trainingObjectiveFloor, trainingSeconds, picturesSkipped, initialWeightsMatch, weights, weightsError } = run;
  const { predictedMemoryBytes, peakMemoryBytes, leakedTensors, restoredEpoch, keptEpochs, madeBy, stepsSkipped } = run;
  return {
    testLooks,
    run: {
      ...listedRunDocument(run),
      ...{ predictedMemoryBytes, peakMemoryBytes, leakedTensors, restoredEpoch, keptEpochs, madeBy, stepsSkipped },
      ...{
        note,
        error,
        configuration,
        differs: run.experiment?.differs ?? [],
        auxiliaryParameters,
        initialWeightsHash,
      },
      ...{ trainingObjectiveFloor, trainingSeconds, picturesSkipped, initialWeightsMatch, weights, weightsError },
    },
  };
}

export function compareDocument(comparison: ComparisonView): CompareDocument {
  const { runs, differences, split, shared, classes, results, confusions, mistakes } = comparison;
  return {
    runs: runs.map((run) => ({ ...listedRunDocument(run), madeBy: run.madeBy })),
    differences,
    madeByDifferences: madeByDifferences(runs),
    split,
    testLooks: comparison.testLooks,
    shared,
    classes,
    pictures: results.find((result) => result !== null)?.pictures ?? null,
    results: results.map((result) => evaluationDocument(result)),
    confusions: confusions.map((matrix) => matrix?.counts ?? null),
    mistakes,
    top1Difference: comparison.top1Difference,
    hardLossDifference: comparison.hardLossDifference,
    eceDifference: comparison.eceDifference,
    mcnemar: comparison.mcnemar,
  };
}
