/** The layer that tells classes apart: the row in front of it, and its templates. */
import type { Templates } from "../../domain/class-plane.ts";
import { placedRows } from "../../domain/row-walk.ts";
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
    const trunk = placedRows(scaleArchitecture(findArchitecture(id), scale), { classes, hasHeads: false }).filter(
      ({ path: name, row }) => !name.includes("/") && row.kind !== "dropout",
    );
    const last = trunk.findLastIndex(({ row }) => row.kind === "dense" || row.kind === "convolution");
    const kernel = used.read(`${trunk[last]!.path}/kernel`);
    // Dense, or 1×1: one column a class either way.
    return { takes: trunk[last - 1]!.path, templates: { inputs: kernel.length / classes, classes, kernel } };
  } finally {
    file.close();
  }
}
