/** The layers and modules of a network's trunk through its depth. */
import type { ShapedRow } from "../../contract/architecture.ts";
import { spreadToEnds } from "../spread-over.ts";

const own: readonly ShapedRow["kind"][] = ["convolution", "dense", "branches"];

/** Names of so many rows of the trunk that have weights, modules whole, at equal distances from the first to the last, which gives the logits. */
export function trunkLayers(rows: readonly ShapedRow[], most: number): readonly string[] {
  const all = rows.filter(({ kind }) => own.includes(kind)).map(({ name }) => name);
  return spreadToEnds(all, most);
}
