/** What of a network's measured time falls to a node of its tree. */
import type { RowTimes } from "../../contract/machine.ts";
import { type Quartiles, quartilesOf } from "../statistics/quartiles.ts";
import { allNodes, type NetworkNode } from "./network-tree.ts";

/** Added up pass by pass, of all rows inside and the node's own; null where none was timed, as in heads. */
export function millisWithin(node: NetworkNode, times: RowTimes): Quartiles | null {
  const keys = new Set(allNodes([node]).map(({ key }) => key));
  return millisOf(times, (path) => keys.has(path));
}

/** Of all rows together. */
export function millisOfRows(times: RowTimes): Quartiles | null {
  return millisOf(times, () => true);
}

function millisOf({ rows }: RowTimes, isIn: (path: string) => boolean): Quartiles | null {
  const within = rows.filter(({ path }) => isIn(path));
  const [first] = within;
  if (first === undefined) return null;
  return quartilesOf(first.millis.map((_, pass) => within.reduce((sum, { millis }) => sum + millis[pass]!, 0)));
}
