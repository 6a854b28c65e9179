/** What can be known of initial weights before a run begins: whether they are there, whether enough of them fits, and whether they are numbers. */
import type { RunConfiguration } from "../contract/configuration.ts";
import { StrataError } from "../contract/errors.ts";
import type { WeightsLook } from "../contract/weights.ts";
import { refuseNotFinite } from "../models/finite.ts";
import { findArchitecture } from "../models/registry.ts";
import { scaleArchitecture } from "../models/scale.ts";
import { openWeights } from "../models/weights-file.ts";
import { matchWeights } from "../models/weights-match.ts";
import { notFiniteIn } from "./not-finite-in.ts";

/** Of runs on the same pictures. @throws StrataError as below, and `weights.not-finite` */
export async function refuseInitialWeights(
  configurations: readonly Pick<RunConfiguration, "model" | "initialWeights">[],
  classes: number,
): Promise<void> {
  for (const configuration of configurations) refuseMismatch(configuration, classes);
  const paths = new Set(configurations.flatMap(({ initialWeights }) => initialWeights?.path ?? []));
  for (const path of paths) refuseNotFinite(await notFiniteIn(path), path);
}

/** @throws StrataError `weights.unmatched`, `weights.too-little` unless that is allowed, and what `openWeights` throws */
function refuseMismatch(
  { model, initialWeights }: Pick<RunConfiguration, "model" | "initialWeights">,
  classes: number,
): void {
  if (initialWeights === undefined) return;
  const { path, isMismatchAllowed } = initialWeights;
  const file = openWeights(path);
  file.close();
  const match = matchWeights(scaleArchitecture(findArchitecture(model.id), model), classes, file.shapes);
  refuseUnmatched(match, model.id, path);
  if (!match.isTooLittle || isMismatchAllowed) return;
  const { matched, weights, surplus } = match;
  throw new StrataError("weights.too-little", { id: model.id, matched, missing: weights - matched, surplus, path });
}

/** @throws StrataError `weights.unmatched` */
export function refuseUnmatched({ matched }: Pick<WeightsLook, "matched">, id: string, path: string): void {
  if (matched === 0) throw new StrataError("weights.unmatched", { id, path });
}
