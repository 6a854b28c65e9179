/** Which file answers for a run or for a person's file of weights, and what is said of it. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import type { AnsweringNetwork } from "../../contract/inference.ts";
import { usualResize } from "../../contract/resize.ts";
import type { AnsweringSource } from "../../contract/weights.ts";
import { findArchitecture } from "../../models/registry.ts";
import type { WeightsDescription } from "../../models/weights-file.ts";
import type { Paths } from "../../platform/paths.ts";
import type { Store } from "../../store/open-store.ts";
import { savedWeightsPath, weightsPathOf } from "../weights/weights-files.ts";

/**
 * Of a run that is not over, the latest saved state.
 * @throws StrataError `run.unknown`, `weights.none`, `weights.not-kept`
 */
export function answeringPath(store: Store, paths: Paths, from: AnsweringSource): string {
  if (from.kind === "file") return resolve(from.path);
  const { runId, epoch = null } = from;
  if (epoch !== null || store.runs.get(runId).weights !== null) return weightsPathOf(store, paths, runId, epoch);
  const latest = store.checkpoints
    .ofRun(runId)
    .map(({ folder }) => savedWeightsPath(store, paths, runId, folder))
    // The one that was the latest a moment ago may have made room.
    .find((path) => existsSync(path));
  if (latest === undefined) throw new StrataError("weights.none", { runId });
  return latest;
}

/** @param description of the file that answers */
export function answeringNetwork(
  store: Store,
  from: AnsweringSource,
  description: WeightsDescription,
): AnsweringNetwork {
  const { architecture: id, inputPixels, width, classes, classNames, trained } = description;
  const run = from.kind === "run" ? store.runs.get(from.runId) : null;
  return {
    title: run?.title ?? findArchitecture(id).title,
    model: { id, inputPixels, width },
    ...{ classes, classNames },
    // Weights from elsewhere do not say; the usual way is as good as any.
    resize: trained?.configuration.resize ?? usualResize,
    epoch: trained?.epoch ?? null,
    isGoingOn: run !== null && run.weights === null,
  };
}
