/** Weights of runs and of files: out to other programs, and in. */
import { join, resolve } from "node:path";
import { StrataError } from "../contract/errors.ts";
import type { RunView } from "../contract/run.ts";
import type { ExportedWeights, ExportFormat, ImportReport, InitialWeights } from "../contract/weights.ts";
import { type ImportRequest, importWeights } from "../models/import-weights.ts";
import { openWeights } from "../models/weights-file.ts";
import { sha256OfFile } from "../platform/sha256-of-file.ts";
import { codedWriteError } from "../platform/write-error.ts";
import { askTrainer } from "./ask-trainer.ts";

/** @throws StrataError as `importWeights`, and `weights.not-written` */
export function importWeightsFile(request: ImportRequest): ImportReport {
  try {
    return importWeights(request);
  } catch (thrown) {
    throw request.to === null ? thrown : codedWriteError(thrown, request.to);
  }
}

/** In a process of its own: some formats need TensorFlow, and all take their time. */
export async function exportWeightsFile(
  request: { readonly path: string; readonly format: ExportFormat; readonly folder: string },
  trainerEntry: string,
  signal: AbortSignal,
): Promise<ExportedWeights> {
  const command = { kind: "export", request: { ...request, folder: resolve(request.folder) } } as const;
  const answer = await askTrainer(trainerEntry, command, signal);
  if (answer.kind !== "exported") throw new Error(`Asked to export, the trainer answered ${answer.kind}.`);
  return answer.exported;
}

/** @throws StrataError `weights.none` */
export function weightsPathOf(run: RunView, folder: string): string {
  if (run.weights === null) throw new StrataError("weights.none", { runId: run.id });
  return join(folder, run.weights.file);
}

/**
 * A file to train from, as it is now.
 * @throws StrataError `weights.not-found`, `weights.pickle`, `weights.damaged`, `weights.foreign`
 */
export function initialWeightsFrom(
  path: string,
  { frozenThrough, isMismatchAllowed }: Pick<InitialWeights, "frozenThrough" | "isMismatchAllowed">,
): InitialWeights {
  const file = openWeights(path);
  file.close();
  return {
    path: resolve(path),
    sha256: sha256OfFile(path),
    frozenThrough,
    ...(isMismatchAllowed ? { isMismatchAllowed } : {}),
    preprocessing: file.description.preprocessing,
  };
}
