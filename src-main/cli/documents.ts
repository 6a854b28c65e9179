/** What `--json` prints: one document a command. Fractions in 0–1, losses in nats, units in the names; where a run's `loss` is `hinge`, its objective has no unit. */
import type { ArchitectureView, Loss, ShapedRow } from "../contract/architecture.ts";
import type { DatasetView } from "../contract/dataset.ts";
import type { DatasetVersionView, VersionDifferences, WrittenOut } from "../contract/dataset-version.ts";
import type { CodedError } from "../contract/errors.ts";
import type { ExperimentView, Factor } from "../contract/experiment.ts";
import type { DoctorFinding, NetworkBench } from "../contract/machine.ts";
import type { EvaluationResult, MetricId } from "../contract/metric.ts";
import type { QueueView } from "../contract/queue.ts";
import type { ComparisonView, EndReason, LabelSuspects, RunState, RunView } from "../contract/run.ts";
import type { ExperimentVerdict } from "../contract/verdict.ts";
import type { ExportedWeights, ImportReport } from "../contract/weights.ts";
import { armLetter } from "../domain/experiments/experiment-plan.ts";
import type { Finding } from "../domain/health/finding.ts";
import { type Metric, valueIn } from "../domain/metrics/metric.ts";
import { evaluatedMetrics, metrics } from "../domain/metrics/metrics.ts";
import type { NetworkTable } from "../domain/networks/network-presets.ts";
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

/** `train --json` */
export interface TrainDocument {
  readonly experiment: number | null;
  readonly runs: readonly RunDocument[];
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
/** `train --json` of several blocks, `sweep --json` and `resume --experiment --json` */
export interface ExperimentDocument
  extends Pick<ExperimentView["request"], "factors" | "seeds" | "halving">,
    /** Which runs have which values, and what they came to; and what successive halving decided. */
    Pick<ExperimentView, "rows" | "decisions" | "pictures"> {
  readonly experiment: number;
  /** What can be told of the rows but for chance. */
  readonly verdict: ExperimentVerdict;
  /** What each network trains with that is varied, and where from; null where none is, or all have the base's settings. */
  readonly networks: NetworkTable | null;
  /** In the order in which they were made. */
  readonly runs: readonly RunDocument[];
}
/** `sweep --dry-run --json` */
export interface ExperimentPlanDocument {
  readonly runs: number;
  /** Null where it cannot be told. */
  readonly seconds: number | null;
  /** As of an experiment. */
  readonly networks: NetworkTable | null;
}
export interface ListedExperimentDocument
  extends Pick<ExperimentView, "id" | "createdAt" | "pictures" | "rows" | "isResumable" | "decisions">,
    Pick<ExperimentView["request"], "factors" | "seeds" | "halving"> {
  readonly runs: readonly number[];
  readonly finished: number;
  readonly networks: NetworkTable | null;
  /** Behind those that are here. */
  readonly moreRows: number;
  readonly moreDecisions: number;
}
/** `experiments <number> --json`, with all of it and what can be told of its rows but for chance */
export interface ShownExperimentDocument extends ListedExperimentDocument {
  readonly verdict: ExperimentVerdict;
}
/** `experiments --json`: of each the first 1,000 rows and decisions */
export interface ExperimentsDocument extends PagedDocument {
  readonly experiments: readonly ListedExperimentDocument[];
}
/** `queue --json` */
export interface QueueDocument {
  readonly held: QueueView["held"];
  /** One list of runs a job, in order. */
  readonly jobs: readonly (readonly ListedRunDocument[])[];
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
/** `data suspects --json`. */
export interface SuspectsDocument {
  readonly suspects: LabelSuspects;
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
export interface ModelDocument {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly weightLayers: number;
  readonly inputPixels: number;
  readonly classes: number;
  readonly parameters: number;
  readonly auxiliaryParameters: number;
  readonly multiplyAdds: number;
  readonly paper: string;
  /** Id of the network that this is a variant of; its own where it is the principal one. */
  readonly family: string;
  readonly variant: string;
}
/** `models --json` */
export interface ModelsDocument {
  readonly models: readonly ModelDocument[];
}
/** `models show --json` */
export interface ModelShowDocument {
  readonly model: ModelDocument &
    Pick<ArchitectureView, "about" | "loss" | "width" | "activationBytes" | "receptiveFieldPixels"> &
    Pick<ArchitectureView, "paths" | "longestPathLayers" | "published"> & { readonly rows: readonly ShapedRow[] };
}
/** `data inspect --json` */
export interface DataDocument {
  readonly dataset: Omit<DatasetView, "id" | "samples" | "lookedAt">;
  /** The worst first. */
  readonly findings: readonly Finding[];
}
/** `data relabel --json`, and the other commands that make a version */
export interface DataVersionDocument {
  readonly version: DatasetVersionView;
}
/** `data versions --json` */
export interface DataVersionsDocument {
  readonly versions: readonly DatasetVersionView[];
}
/** `data compare-versions --json` */
export interface VersionDifferencesDocument {
  readonly differences: VersionDifferences;
}
/** `data write-out --json` */
export interface WriteOutDocument {
  readonly written: WrittenOut;
}
/** `export --json` and `models export --json` */
export interface ExportDocument {
  readonly exported: ExportedWeights;
}
/** `models import --json` */
export interface ImportDocument extends ImportReport {
  /** What was written; null where nothing was. */
  readonly file: string | null;
}
/** `bench --json`: what failed has its error in the figures' place. */
export interface BenchDocument {
  /** Floating-point operations a second of the best products of matrices, 2048 × 2048. */
  readonly peakFlopsPerSecond: number;
  readonly networks: readonly NetworkBench[];
}
/** `doctor --json` */
export interface DoctorDocument {
  readonly isFine: boolean;
  readonly findings: readonly DoctorFinding[];
}
/** `serve --json`, printed once it listens. */
export interface ServeDocument {
  readonly address: string;
  readonly openAddress: string;
}
/** Any command that failed; `code` is `usage` for a command line that was not understood. */
export interface FailureDocument {
  readonly error: { readonly code: CodedError["code"] | "usage"; readonly problem: string; readonly remedy: string };
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

export function modelDocument(view: ArchitectureView): ModelDocument {
  const { id, title, year, weightLayers, inputPixels, classes, parameters, auxiliaryParameters, multiplyAdds } = view;
  const { paper, family, variant } = view;
  return {
    ...{ id, title, year, weightLayers, inputPixels, classes, parameters, auxiliaryParameters, multiplyAdds },
    ...{ paper, family, variant },
  };
}

export function modelShowDocument(view: ArchitectureView): ModelShowDocument {
  const { about, loss, width, activationBytes, receptiveFieldPixels, paths, longestPathLayers, published, rows } = view;
  const totals = { activationBytes, receptiveFieldPixels, paths, longestPathLayers, published };
  return { model: { ...modelDocument(view), about, loss, width, ...totals, rows } };
}

export function dataDocument(view: DatasetView, findings: readonly Finding[]): DataDocument {
  const { id: _, samples: __, lookedAt: ___, ...dataset } = view;
  return { dataset, findings };
}
