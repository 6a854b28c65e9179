/** A file of weights, looked at before training begins from it: whether it can be read, and what of a network it would fill. */
import { statSync } from "node:fs";
import type { ModelChoice } from "../contract/configuration.ts";
import { StrataError } from "../contract/errors.ts";
import type { WeightsLook } from "../contract/weights.ts";
import { refuseNotFinite } from "../models/finite.ts";
import { findArchitecture } from "../models/registry.ts";
import { scaleArchitecture } from "../models/scale.ts";
import { openWeights } from "../models/weights-file.ts";
import { matchWeights } from "../models/weights-match.ts";
import { personalPath } from "../platform/paths.ts";
import { sha256OfFileBeside } from "../platform/sha256-of-file.ts";
import { notFiniteIn } from "./not-finite-in.ts";

export interface WeightsQuestion {
  readonly path: string;
  /** What the file was when a run was set up with it; null takes it as it is. */
  readonly sha256: string | null;
  readonly model: ModelChoice;
  readonly classes: number;
}

/**
 * Asks as often as the network's size changes, and hashes a file once: half a gigabyte takes a second.
 * @returns a function that throws StrataError `model.unknown`, `model.input-too-small`, `weights.not-found`, `file.not-regular`, `weights.pickle`, `weights.damaged`,
 *   `weights.foreign`, `weights.unmatched`, `weights.changed`, `weights.not-finite`
 */
export function createWeightsLook(): (question: WeightsQuestion) => Promise<WeightsLook> {
  const hashes = new Map<string, string>();
  return async ({ path: given, sha256: expected, model, classes }) => {
    const path = personalPath(given);
    const architecture = scaleArchitecture(findArchitecture(model.id), model);
    const file = openWeights(path);
    file.close();
    const match = matchWeights(architecture, classes, file.shapes);
    if (match.matched === 0) throw new StrataError("weights.unmatched", { id: model.id, path });
    const { size, mtimeMs } = statSync(path);
    const key = JSON.stringify([path, size, mtimeMs]);
    const known = hashes.get(key);
    const sha256 = known ?? (await sha256OfFileBeside(path));
    if (known === undefined) refuseNotFinite(await notFiniteIn(path), path);
    hashes.set(key, sha256);
    if (expected !== null && sha256 !== expected) throw new StrataError("weights.changed", { path });
    const { architecture: of, inputPixels, width, classes: itsClasses, preprocessing } = file.description;
    return {
      initialWeights: { path, sha256, frozenThrough: null, preprocessing },
      of: { architecture: of, inputPixels, width, classes: itsClasses },
      ...match,
    };
  };
}
