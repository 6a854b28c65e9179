/** What a file's weights would give a network, from names and shapes alone. */
import type { Architecture } from "../contract/architecture.ts";
import type { WeightsLook } from "../contract/weights.ts";
import { freezableRows } from "./frozen.ts";
import { listWeights } from "./weight-list.ts";
import { usedName } from "./weights-file.ts";

/** @param architecture at the size at which it runs */
export function matchWeights(
  architecture: Architecture,
  classes: number,
  shapes: ReadonlyMap<string, readonly number[]>,
): Pick<WeightsLook, "weights" | "matched" | "freshRows" | "freezableRows"> {
  const listed = listWeights(architecture, classes);
  const fresh = listed.filter(
    ({ name, shape }) => usedName(name, (stored) => shapes.get(stored)?.join() === shape.join()) === undefined,
  );
  return {
    weights: listed.length,
    matched: listed.length - fresh.length,
    freshRows: [...new Set(fresh.map(({ row }) => row.path))],
    freezableRows: freezableRows(architecture.rows),
  };
}
