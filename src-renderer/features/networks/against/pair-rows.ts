/** The rows of the table of two networks: what is open, what is left out, and how deep each stands. Pure. */
import type { AlignedNode } from "../../../../src-main/domain/networks/network-differences.ts";

export interface PairRow {
  readonly node: AlignedNode;
  /** 0 for a stage. */
  readonly depth: number;
  readonly isOpen: boolean;
}

/** @param areSameShown false leaves out what is the same in both */
export function pairRows(
  nodes: readonly AlignedNode[],
  open: ReadonlySet<string>,
  areSameShown: boolean,
  depth = 0,
): readonly PairRow[] {
  return nodes.flatMap((node) => {
    if (!areSameShown && node.difference === "same") return [];
    const isOpen = open.has(node.key);
    const inside = isOpen ? pairRows(node.children, open, areSameShown, depth + 1) : [];
    return [{ node, depth, isOpen }, ...inside];
  });
}

/** All that can be opened. */
export function openable(nodes: readonly AlignedNode[]): readonly string[] {
  return nodes.flatMap(({ key, children }) => (children.length > 0 ? [key, ...openable(children)] : []));
}

/** The stage, or the row right inside of one, in which most of a figure's difference lies; null where there is none. */
export function largestDifference(nodes: readonly AlignedNode[], what: "parameters" | "multiplyAdds") {
  const differenceOf = ({ first, second }: AlignedNode) => (second?.[what] ?? 0) - (first?.[what] ?? 0);
  const inside = nodes
    .flatMap(({ children }) => children)
    .filter(({ first, second }) => (first ?? second)?.kind !== "head");
  const [most] = inside.sort((a, b) => Math.abs(differenceOf(b)) - Math.abs(differenceOf(a)));
  return most && differenceOf(most) !== 0 ? { node: most, difference: differenceOf(most) } : null;
}
