/** Runs out to another Strata and in from one, and runs beside what they came to when they were trained again. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { PictureDifferences, ReplayOutcome } from "../../contract/replay.ts";
import type { ExportedBundle, ImportedBundle } from "../../contract/run-bundle.ts";
import type { UploadPart } from "../../contract/taken-picture.ts";
import { pictureDifferences } from "../../domain/runs/picture-differences.ts";
import { type RecordedRun, replayOutcome } from "../../domain/runs/replay-outcome.ts";
import { codedHomeError } from "../../platform/disk-trouble.ts";
import { makeFolder } from "../../platform/make-folder.ts";
import { privateFolderMode } from "../../platform/private.ts";
import { removeSteadily } from "../../platform/steadily.ts";
import type { Client } from "../calls/client.ts";
import type { Feed } from "../feed/feed.ts";
import { tellRuns } from "../feed/tell-runs.ts";
import { createBundleUploads } from "./bundle-uploads.ts";
import { type BundleTools, type ExportOptions, exportBundle } from "./export-bundle.ts";
import { importBundle } from "./import-bundle.ts";

export interface BundleLibrary {
  /** Throws what `exportBundle` does. */
  export(runIds: readonly number[], path: string, options?: ExportOptions): Promise<ExportedBundle>;
  /** Beside the weights, where what is left of a killed process is cleared away; for the caller to delete. Throws what `exportBundle` does. */
  exportForNow(runIds: readonly number[]): Promise<ExportedBundle>;
  /** Throws what `importBundle` does. */
  import(path: string): Promise<ImportedBundle>;
  /** The same of a file that comes part by part; null until the last one. */
  receive(part: UploadPart, from: Client): Promise<ImportedBundle | null>;
  /** Those of a run, and others that it may be trained on again. Throws `run.unknown`. */
  comparePictures(runId: number, datasetId: number): PictureDifferences;
  /** Throws `run.unknown`. */
  compareReplay(runId: number, replayId: number): ReplayOutcome;
}

export function createBundleLibrary(tools: BundleTools & { readonly feed: Feed }): BundleLibrary {
  const { store, feed, paths } = tools;
  const uploads = createBundleUploads(paths.weights);
  const imported = async (path: string): Promise<ImportedBundle> => {
    const bundle = await importBundle(tools, path);
    tellRuns(store, feed, bundle.runIds);
    return bundle;
  };
  const recordedRun = (runId: number): RecordedRun => {
    const run = store.runs.get(runId);
    return { run, record: store.bundles.record(runId), pictures: store.datasets.view(run.dataset.id) };
  };

  return {
    export: (runIds, path, options) => exportBundle(tools, runIds, path, options),
    exportForNow(runIds) {
      makeFolder(paths.weights, privateFolderMode);
      return exportBundle(tools, runIds, join(paths.weights, `leaving-${randomUUID()}.partial`));
    },
    import: imported,
    async receive(part, from) {
      let path: string | null;
      try {
        path = uploads.add(part, from);
      } catch (thrown) {
        throw codedHomeError(thrown, paths.home);
      }
      if (path === null) return null;
      try {
        return await imported(path);
      } finally {
        removeSteadily(path);
      }
    },
    comparePictures: (runId, datasetId) =>
      pictureDifferences(store.datasets.view(store.runs.get(runId).dataset.id), store.datasets.view(datasetId)),
    compareReplay: (runId, replayId) => replayOutcome(recordedRun(runId), recordedRun(replayId)),
  };
}
