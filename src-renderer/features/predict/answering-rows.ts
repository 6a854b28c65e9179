/** The rows of a network that can be asked what they answer. */
import type { ShapedRow } from "../../../src-main/contract/architecture.ts";
import { type NetworkNode, networkTree } from "../../../src-main/domain/networks/network-tree.ts";
import { spreadToEnds } from "../../../src-main/domain/spread-over.ts";

export interface AnsweringRow {
  /** Its path in the network's table. */
  readonly key: string;
  readonly row: ShapedRow;
}

const answeringKinds: readonly ShapedRow["kind"][] = ["convolution", "pool", "dense"];

/** Rows that give something of their own, in the order of the table; heads take no part in an answer. */
export function answeringRows(rows: readonly ShapedRow[]): readonly AnsweringRow[] {
  return leavesOf(networkTree(rows)).filter(({ row }) => answeringKinds.includes(row.kind));
}

/** So many rows with weights of their own, at equal distances from the first to the last before the classes; convolutions, where there are any. */
export function rowsThroughDepth(rows: readonly ShapedRow[], most: number): readonly AnsweringRow[] {
  const all = answeringRows(rows);
  const convolutions = all.filter(({ row }) => row.kind === "convolution");
  const dense = all.filter(({ row }) => row.kind === "dense").slice(0, -1);
  return spreadToEnds(convolutions.length > 0 ? convolutions : dense, most);
}

function leavesOf(nodes: readonly NetworkNode[]): readonly AnsweringRow[] {
  return nodes.flatMap((node) => {
    if (node.kind === "head") return [];
    return node.kind === "layer" ? [{ key: node.key, row: node.row }] : leavesOf(node.children);
  });
}
