/** A file of weights, inspected before training begins from it: whether it can be read, and what of a network it would fill. */
import { statSync } from "node:fs";
import type { ModelChoice } from "../../contract/configuration.ts";
import { StrataError } from "../../contract/errors.ts";
import type { WeightsInspection } from "../../contract/weights.ts";
import { refuseNotFinite } from "../../models/finite.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";
import { openWeights } from "../../models/weights-file.ts";
import { matchWeights } from "../../models/weights-match.ts";
import { inTime } from "../../platform/in-time.ts";
import { personalPath } from "../../platform/paths.ts";
import { sha256OfFileBeside } from "../../platform/sha256-of-file.ts";
import { notFiniteIn } from "./not-finite-in.ts";

export interface WeightsQuestion {
  readonly path: string;
  /** What the file was when a run was set up with it; null takes it as it is. */
  readonly sha256: string | null;
  readonly model: ModelChoice;
  readonly classes: number;
}

/** A file whose hash and numbers were read: half a gigabyte takes a second. */
export interface SeenFile {
  readonly bytes: number;
  readonly modifiedMillis: number;
  readonly sha256: string;
}

export interface WeightsFound {
  readonly inspection: WeightsInspection;
  readonly file: SeenFile;
}

/**
 * @param seen what was found the last time; null where it was not read yet
 * @throws StrataError `model.unknown`, `model.input-too-small`, `weights.not-found`, `file.not-regular`, `weights.pickle`, `weights.damaged`,
 *   `weights.foreign`, `weights.unmatched`, `weights.changed`, `weights.not-finite`
 */
export async function inspectWeights(
  { path: given, sha256: expected, model, classes }: WeightsQuestion,
  seen: SeenFile | null = null,
): Promise<WeightsFound> {
  const path = personalPath(given);
  const architecture = scaleArchitecture(findArchitecture(model.id), model);
  const opened = openWeights(path);
  opened.close();
  const match = matchWeights(architecture, classes, opened.shapes);
  if (match.matched === 0) throw new StrataError("weights.unmatched", { id: model.id, path });
  const { size: bytes, mtimeMs: modifiedMillis } = statSync(path);
  const isKnown = seen?.bytes === bytes && seen.modifiedMillis === modifiedMillis;
  const sha256 = isKnown ? seen.sha256 : await inTime(path, (answered) => sha256OfFileBeside(path, answered));
  if (!isKnown) refuseNotFinite(await notFiniteIn(path), path);
  if (expected !== null && sha256 !== expected) throw new StrataError("weights.changed", { path });
  const { architecture: of, inputPixels, width, classes: itsClasses, preprocessing } = opened.description;
  const inspection = {
    initialWeights: { path, sha256, frozenThrough: null, preprocessing },
    of: { architecture: of, inputPixels, width, classes: itsClasses },
    ...match,
  };
  return { inspection, file: { bytes, modifiedMillis, sha256 } };
}

export type InspectWeights = (question: WeightsQuestion, signal?: AbortSignal) => Promise<WeightsInspection>;

/** Asks as often as the network's size changes, and hashes a file once. @param inspect `inspectWeights`, wherever that runs; throws what it does */
export function createWeightsInspector(
  inspect: (question: WeightsQuestion, seen: SeenFile | null, signal?: AbortSignal) => Promise<WeightsFound>,
): InspectWeights {
  const files = new Map<string, SeenFile>();
  return async (question, signal) => {
    const found = await inspect(question, files.get(question.path) ?? null, signal);
    files.set(question.path, found.file);
    return found.inspection;
  };
}
