/** What a file's weights would give a network, from names and shapes alone. */
import type { Architecture } from "../contract/architecture.ts";
import type { WeightsInspection } from "../contract/weights.ts";
import { freezableRows } from "./frozen.ts";
import { listWeights } from "./weight-list.ts";
import { averagePrefix, optimizerPrefix, usedName } from "./weights-file.ts";

/** @param architecture at the size at which it runs */
export function matchWeights(
  architecture: Architecture,
  classes: number,
  shapes: ReadonlyMap<string, readonly number[]>,
): Pick<WeightsInspection, "weights" | "matched" | "surplus" | "isTooLittle" | "freshRows" | "freezableRows"> {
  const listed = listWeights(architecture, classes);
  const fresh = listed.filter(
    ({ name, shape }) => usedName(name, (stored) => shapes.get(stored)?.join() === shape.join()) === undefined,
  );
  const freshNames = new Set(fresh.map(({ name }) => name));
  const own = [...shapes.keys()].filter((name) => !name.startsWith(averagePrefix) && !name.startsWith(optimizerPrefix));
  const matched = listed.length - fresh.length;
  return {
    weights: listed.length,
    matched,
    surplus: own.length - matched,
    isTooLittle: isTooLittle(architecture, classes, (name) => !freshNames.has(name)),
    freshRows: [...new Set(fresh.map(({ row }) => row.path))],
    freezableRows: freezableRows(architecture.rows),
  };
}

/**
 * Whether fewer than half of the weights match that a network's own classes leave as they are: all but its last layer's and the heads' on the side. They are
 * counted by weight and not by value, since one dense layer behind a grid of another size can hold three quarters of a network that else fits; where
 * only biases happen to be as long, it is a few in a hundred.
 */
export function isTooLittle(
  { rows, ...rest }: Architecture,
  classes: number,
  isMatched: (name: string) => boolean,
): boolean {
  const trunk = listWeights({ ...rest, rows: rows.filter(({ kind }) => kind !== "auxiliary") }, classes);
  const last = trunk.at(-1)?.row.path;
  const inner = trunk.filter(({ row }) => row.path !== last);
  // A single layer is its last.
  const counted = inner.length > 0 ? inner : trunk;
  return 2 * counted.filter(({ name }) => isMatched(name)).length < counted.length;
}
