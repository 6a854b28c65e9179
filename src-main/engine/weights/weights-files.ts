/** Weights of runs and of files: out to other programs, and in. */
import { join, resolve } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import type {
  ExportedWeights,
  ExportFormat,
  ImportReport,
  InitialWeights,
  KeptEpoch,
  KeptState,
} from "../../contract/weights.ts";
import { type ImportRequest, importWeights } from "../../models/import-weights.ts";
import { openWeights } from "../../models/weights-file.ts";
import { codedWriteError } from "../../platform/disk-trouble.ts";
import type { Paths } from "../../platform/paths.ts";
import { sha256OfFile } from "../../platform/sha256-of-file.ts";
import type { Store } from "../../store/open-store.ts";
import { armFileName } from "../../training/checkpoints/manifest.ts";
import { askTrainer } from "../trainer/ask-trainer.ts";

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

/**
 * Path of the file with a run's weights.
 * @param which null: those that it ended with; a number: the epoch
 * @throws StrataError `run.unknown`, `weights.none`, `weights.not-kept`
 */
export function weightsPathOf(store: Store, paths: Paths, runId: number, which: KeptEpoch | number | null): string {
  if (typeof which === "number") return weightsPathAfter(store, paths, runId, which);
  const { weights, restoredEpoch, epochsDone, keptEpochs, best, checkpoint } = store.runs.get(runId);
  if (weights === null && (which !== "best" || checkpoint === null)) throw new StrataError("weights.none", { runId });
  const ended = weights && join(paths.weights, weights.file);
  if (which === null && ended !== null) return ended;
  if (which === "last" && keptEpochs.last !== null && ended !== null) return ended;
  if (which === "best" && keptEpochs.best !== null) {
    if (ended !== null && (restoredEpoch ?? keptEpochs.last) === keptEpochs.best) return ended;
    const saved = store.checkpoints.ofRun(runId).find(({ epoch, cost }) => epoch === keptEpochs.best && cost !== null);
    if (saved) return savedWeightsPath(store, paths, runId, saved.folder);
  }
  const [epoch, other] = which === "best" ? [best?.epoch ?? null, keptEpochs.last] : [epochsDone, keptEpochs.best];
  throw new StrataError("weights.not-kept", { runId, which: which ?? "last", epoch, other });
}

/** The epochs that a run has weights of, the first first. @throws StrataError `run.unknown` */
export function keptStates(store: Store, runId: number): readonly KeptState[] {
  const { weights, restoredEpoch, epochsDone } = store.runs.get(runId);
  const ended = weights && { epoch: restoredEpoch ?? epochsDone, bytes: weights.bytes };
  const saved = store.checkpoints.ofRun(runId).filter(({ epoch, cost }) => cost !== null && epoch !== ended?.epoch);
  return [...saved.map(({ epoch, bytes }) => ({ epoch, bytes })), ...(ended ? [ended] : [])].sort(
    (a, b) => a.epoch - b.epoch,
  );
}

function weightsPathAfter(store: Store, paths: Paths, runId: number, epoch: number): string {
  const { weights, restoredEpoch, epochsDone } = store.runs.get(runId);
  if (weights !== null && epoch === (restoredEpoch ?? epochsDone)) return join(paths.weights, weights.file);
  const saved = store.checkpoints.ofRun(runId).find((one) => one.epoch === epoch && one.cost !== null);
  if (saved) return savedWeightsPath(store, paths, runId, saved.folder);
  const kept = keptStates(store, runId).map((one) => one.epoch);
  throw new StrataError("weights.epoch-not-kept", { runId, epoch, kept });
}

/**
 * The file with a run's weights in a saved state.
 * @param folder of the state, as the record names it
 */
export function savedWeightsPath(store: Store, paths: Paths, runId: number, folder: string): string {
  // An arm that trains in a process of its own has states of its own.
  const arm = store.runs.get(runId).hasOwnProcess ? 0 : store.runs.armsOf(runId).indexOf(runId);
  return join(paths.checkpoints, folder, armFileName(arm));
}

/**
 * A file to train from, as it is now.
 * @throws StrataError `weights.not-found`, `file.not-regular`, `weights.pickle`, `weights.damaged`, `weights.foreign`
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
