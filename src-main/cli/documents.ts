/** What `--json` prints, but for runs: one document a command. */
import type { ArchitectureView, ShapedRow } from "../contract/architecture.ts";
import type { DatasetView } from "../contract/dataset.ts";
import type { DatasetVersionView, VersionDifferences, WrittenOut } from "../contract/dataset-version.ts";
import type { CodedError } from "../contract/errors.ts";
import type { ExperimentView } from "../contract/experiment.ts";
import type { LabelSuspects } from "../contract/label-suspects.ts";
import type { DoctorFinding, NetworkBench } from "../contract/machine.ts";
import type { QueueView } from "../contract/queue.ts";
import type { ExperimentVerdict } from "../contract/verdict.ts";
import type { ExportedWeights, ImportReport } from "../contract/weights.ts";
import type { Finding } from "../domain/health/finding.ts";
import type { NetworkTable } from "../domain/networks/network-presets.ts";
import type { PagedDocument } from "./page-flags.ts";
import type { ListedRunDocument, RunDocument } from "./run-documents.ts";

/** `train --json` */
export interface TrainDocument {
  readonly experiment: number | null;
  readonly runs: readonly RunDocument[];
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

/** `data suspects --json`. */
export interface SuspectsDocument {
  readonly suspects: LabelSuspects;
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
