/** The layer that tells classes apart: the row in front of it, and its templates. */
import type { Architecture } from "../../contract/architecture.ts";
import type { Templates } from "../../domain/inspections/class-plane.ts";
import { findArchitecture } from "../../models/registry.ts";
import { scaleArchitecture } from "../../models/scale.ts";
import { openWeights, usedWeights } from "../../models/weights-file.ts";

export interface LastLayer {
  /** The path of the row whose output it takes; a dropout between changes nothing. */
  readonly takes: string;
  readonly templates: Templates;
}

/**
 * @param path of a Strata file of weights
 * @throws StrataError `weights.incomplete`, `weights.not-found`, `weights.damaged`, `model.unknown`
 */
export function lastLayerIn(path: string): LastLayer {
  const file = openWeights(path);
  try {
    const used = usedWeights(file, path);
    const { architecture: id, classes, ...scale } = used.description;
    const { takes, last } = lastRows(scaleArchitecture(findArchitecture(id), scale));
    const kernel = used.read(`${last}/kernel`);
    // Dense, or 1×1: one column a class either way.
    return { takes, templates: { inputs: kernel.length / classes, classes, kernel } };
  } finally {
    file.close();
  }
}

/** Rows of the trunk, whose paths are their names: the one that tells classes apart, and the one before it. */
export function lastRows({ rows }: Pick<Architecture, "rows">): { readonly takes: string; readonly last: string } {
  const trunk = rows.filter(({ kind }) => kind !== "auxiliary" && kind !== "dropout");
  const at = trunk.findLastIndex(({ kind }) => kind === "dense" || kind === "convolution");
  const [before, last] = [trunk[at - 1], trunk[at]];
  if (before === undefined || last === undefined) throw new Error("The network has no layer before its last one.");
  return { takes: before.name, last: last.name };
}
