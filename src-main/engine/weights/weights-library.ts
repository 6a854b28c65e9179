/** Weights of recorded runs and of a person's files: found, inspected before training begins from them, checked and exported. */
import type { ModelChoice } from "../../contract/configuration.ts";
import type { CodedError } from "../../contract/errors.ts";
import type {
  ExportedWeights,
  ExportFormat,
  FirstKernels,
  KeptEpoch,
  WeightsInspection,
  WeightsSource,
} from "../../contract/weights.ts";
import { exportWarning } from "../../models/finite.ts";
import type { Paths } from "../../platform/paths.ts";
import type { Store } from "../../store/open-store.ts";
import type { SmallRead } from "../readers/small-reads.ts";
import { firstKernelsIn } from "./first-kernels.ts";
import { createWeightsInspector, type InspectWeights } from "./inspect-weights.ts";
import { notFiniteIn } from "./not-finite-in.ts";
import { exportWeightsFile, weightsPathOf } from "./weights-files.ts";

export interface WeightsLibrary {
  /**
   * What weights would give a network of so many classes, before training begins from them.
   * @throws StrataError `weights.*`; `weights.changed` where the file is not the one of `sha256`, which null leaves open
   */
  inspect(
    question: {
      readonly from: WeightsSource;
      readonly sha256: string | null;
      readonly model: ModelChoice;
      readonly classes: number;
    },
    signal?: AbortSignal,
  ): Promise<WeightsInspection>;
  readonly inspectFile: InspectWeights;
  /** Path of the file that holds a run's weights, null for those that it ended with. Throws `weights.none`, `weights.not-kept`. */
  pathOf(runId: number, which: KeptEpoch | null): string;
  /**
   * Of the weights that a run ended with, or of those after an epoch.
   * @throws StrataError as `firstKernelsIn`, `run.unknown`, `weights.none`
   */
  firstKernels(runId: number, epoch?: number): FirstKernels;
  /** What is wrong with these weights for whoever takes them along; null where nothing is. */
  check(runId: number, which: KeptEpoch | null): Promise<CodedError | null>;
  /** Writes a run's weights into a folder that is new or empty. */
  export(request: {
    readonly runId: number;
    /** Null: the weights that it ended with. */
    readonly weights: KeptEpoch | null;
    readonly format: ExportFormat;
    readonly folder: string;
  }): Promise<ExportedWeights>;
}

export function createWeightsLibrary(tools: {
  readonly store: Store;
  readonly paths: Paths;
  readonly readSmall: SmallRead;
  readonly trainerEntry: string;
  readonly signal: AbortSignal;
}): WeightsLibrary {
  const { store, paths, readSmall, trainerEntry, signal: closing } = tools;
  const inspectFile = createWeightsInspector((question, seen, signal) =>
    readSmall<"inspect-weights">({ kind: "inspect-weights", question, seen }, question.path, signal),
  );
  const pathOf = (runId: number, which: KeptEpoch | null) => weightsPathOf(store, paths, runId, which);

  return {
    inspect: async ({ from, ...question }, signal) => {
      const path = from.kind === "file" ? from.path : pathOf(from.runId, from.epoch ?? null);
      return inspectFile({ ...question, path }, signal);
    },
    inspectFile,
    pathOf,
    firstKernels: (runId, epoch) => firstKernelsIn(weightsPathOf(store, paths, runId, epoch ?? null)),
    async check(runId, which) {
      const notFinite = await notFiniteIn(pathOf(runId, which));
      return notFinite.length === 0 ? null : exportWarning(notFinite);
    },
    export: async ({ runId, weights, format, folder }) =>
      exportWeightsFile({ path: pathOf(runId, weights), format, folder }, trainerEntry, closing),
  };
}
