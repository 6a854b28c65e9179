/**
 * Two networks set beside each other, stage by stage, module by module, branch by branch and layer by layer: what is the same, what changed and in which
 * field, and what only one of them has. Names differ from paper to paper and are no change. A grid of another size is none either: it comes with the input.
 */
import type { ShapedRow } from "../../contract/architecture.ts";
import { type AlignedPair, alignedLists, matchedSets } from "./aligned-lists.ts";
import { type NetworkNode, networkTree } from "./network-tree.ts";
import { changedFields, type FieldChange } from "./row-fields.ts";

export type NodeDifference = "same" | "changed" | "gone" | "new";

export interface AlignedNode {
  /** Unique in the pair of networks. */
  readonly key: string;
  /** `gone` is of the first network alone, `new` of the second; what holds something else than before is `changed`. */
  readonly difference: NodeDifference;
  readonly first: NetworkNode | null;
  readonly second: NetworkNode | null;
  /** Of the node itself, not of what is inside of it. */
  readonly changes: readonly FieldChange[];
  readonly children: readonly AlignedNode[];
}

/** Both trees whole: every node of either stands in it once. */
export function networkDifferences(first: readonly ShapedRow[], second: readonly ShapedRow[]): readonly AlignedNode[] {
  return alignNodes(networkTree(first), networkTree(second));
}

/** Leaves, in order. */
export function alignedLayers(nodes: readonly AlignedNode[]): readonly AlignedNode[] {
  return nodes.flatMap((node) => (node.children.length > 0 ? alignedLayers(node.children) : [node]));
}

export interface DifferenceCounts {
  readonly layers: Readonly<Record<NodeDifference, number>>;
  /** In how many layers each field changed, the most first. */
  readonly fields: readonly { readonly field: FieldChange["field"]; readonly layers: number }[];
}

export function countDifferences(nodes: readonly AlignedNode[]): DifferenceCounts {
  const layers = { same: 0, changed: 0, gone: 0, new: 0 };
  const fields = new Map<FieldChange["field"], number>();
  for (const { difference, changes } of alignedLayers(nodes)) {
    layers[difference] += 1;
    for (const { field } of changes) fields.set(field, (fields.get(field) ?? 0) + 1);
  }
  const counted = [...fields].map(([field, count]) => ({ field, layers: count }));
  return { layers, fields: counted.sort((a, b) => b.layers - a.layers) };
}

function alignNodes(first: readonly NetworkNode[], second: readonly NetworkNode[]): readonly AlignedNode[] {
  const areBranches = [...first, ...second].every(({ kind }) => kind === "branch");
  const pairs = areBranches ? matchedSets(first, second, likeness) : alignedLists(first, second, likeness).pairs;
  return pairs.map(alignedNode);
}

function alignedNode([first, second]: AlignedPair<NetworkNode>): AlignedNode {
  const key = `${first?.key ?? ""} | ${second?.key ?? ""}`;
  const children = alignNodes(first?.children ?? [], second?.children ?? []);
  if (first === null || second === null)
    return { key, difference: first === null ? "new" : "gone", first, second, changes: [], children };
  const changes = changesOf(first, second);
  const isSame = changes.length === 0 && children.every(({ difference }) => difference === "same");
  return { key, difference: isSame ? "same" : "changed", first, second, changes, children };
}

function changesOf(first: NetworkNode, second: NetworkNode): readonly FieldChange[] {
  const [a, b] = [first.children.length, second.children.length];
  if (first.kind === "module") return a === b ? [] : [{ field: "branches", first: String(a), second: String(b) }];
  if (first.kind === "head") {
    const [one, other] = [String(first.row.weight), String(second.row.weight)];
    return one === other ? [] : [{ field: "weight", first: one, second: other }];
  }
  return first.kind === "layer" ? changedFields(first.row, second.row) : [];
}

/** 0 for what cannot stand for each other. */
function likeness(a: NetworkNode, b: NetworkNode): number {
  if (a.kind !== b.kind) return 0;
  switch (a.kind) {
    case "layer":
      return a.row.kind === b.row.kind ? layerLikeness(a.row, b.row) + (a.title === b.title ? 2 : 0) : 0;
    case "branch":
      return branchLikeness(a, b);
    case "stage":
      return stageLikeness(a, b);
    case "module":
      return 4 + (a.title === b.title ? 3 : 0) + (a.children.length === b.children.length ? 1 : 0) + halves(a, b);
    case "head":
      return 1;
  }
}

/** A convolution of another kernel may stand for one; what has the same fields does so before it. */
function layerLikeness(a: ShapedRow, b: ShapedRow): number {
  const changed = new Set(changedFields(a, b).map(({ field }) => field));
  const alike = (field: FieldChange["field"], worth: number) => (changed.has(field) ? 0 : worth);
  return 1 + alike("kernel", 3) + alike("stride", 2) + alike("channels", 1) + alike("operation", 1);
}

function branchLikeness(a: NetworkNode, b: NetworkNode): number {
  const longest = Math.max(a.children.length, b.children.length);
  // Two that pass on what they take.
  if (longest === 0) return 10;
  return alignedLists(a.children, b.children, likeness).score / longest;
}

/** The classifier stands for the classifier alone; a stage rather for one whose values are as far apart, and that has modules where it has. */
function stageLikeness(a: NetworkNode, b: NetworkNode): number {
  const [one, other] = [a.row.receptiveFieldStridePixels, b.row.receptiveFieldStridePixels];
  if ((one === null) !== (other === null)) return 0;
  const hasModules = ({ children }: NetworkNode) => children.some(({ kind }) => kind === "module");
  return 2 + (one === other ? 2 : 0) + (hasModules(a) === hasModules(b) ? 2 : 0);
}

/** Modules that halve the grid, and those that do not, are of two kinds. */
function halves(a: NetworkNode, b: NetworkNode): number {
  const isHalving = (node: NetworkNode) =>
    node.children.some(({ children }) =>
      children.some(({ row: { plain } }) => plain !== undefined && "stride" in plain && plain.stride > 1),
    );
  return isHalving(a) === isHalving(b) ? 2 : 0;
}
