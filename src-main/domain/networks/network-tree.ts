/**
 * A network's rows as a tree to walk through: stage → module → branch → layer, with auxiliary heads where they leave.
 *
 * A stage is what lies between two changes of stride: the rows whose values see the picture equally far apart, beginning with the row that made it so. Where
 * every value sees all, behind the last grid, stands the classifier.
 */
import type { ShapedRow } from "../../contract/architecture.ts";

export type NodeKind = "stage" | "module" | "branch" | "head" | "layer";

export interface NetworkNode {
  /** The row's path, as `row-walk.ts` makes it; a stage is named by its number, a branch by its module's path and its own number. Unique in a network. */
  readonly key: string;
  readonly kind: NodeKind;
  readonly title: string;
  /** The row in words; of what holds rows, what it is and how many. */
  readonly detail: string;
  /** The row itself; of a stage or branch its last one, which is what it hands on. */
  readonly row: ShapedRow;
  /** Sums over what is inside; a stage's leave the heads out, as a network's totals do. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly activationBytes: number;
  /** Side by side: the parts of a grouped convolution, and of the pools behind it, that do not see each other. */
  readonly towers: number;
  readonly children: readonly NetworkNode[];
}

/** Stages in order, each with all that is inside. */
export function networkTree(rows: readonly ShapedRow[]): readonly NetworkNode[] {
  const nodes = nodesOf(rows, "");
  const stages: NetworkNode[][] = [];
  let stride: number | null | undefined;
  for (const node of nodes) {
    const own = node.row.receptiveFieldStridePixels;
    // A head leaves the trunk and begins nothing.
    if (stages.length === 0 || (node.kind !== "head" && own !== stride)) {
      stages.push([]);
      stride = own;
    }
    stages.at(-1)!.push(node);
  }
  return stages.map((children, index) => stageOf(children, index + 1));
}

function stageOf(children: readonly NetworkNode[], number: number): NetworkNode {
  const trunk = children.filter(({ kind }) => kind !== "head");
  const { row } = trunk.at(-1)!;
  const stride = row.receptiveFieldStridePixels;
  const title = stride === null ? "Classifier" : `Stage ${number}`;
  const seen = stride === null ? "every value sees all" : `values ${stride} px apart`;
  return { key: `stage ${number}`, kind: "stage", title, detail: seen, row, ...sums(trunk), towers: 1, children };
}

function nodesOf(rows: readonly ShapedRow[], prefix: string): NetworkNode[] {
  let towers = 1;
  return rows.map((row) => {
    towers = row.kind === "convolution" ? row.groups : row.kind === "pool" ? towers : 1;
    const key = prefix + row.name;
    const { name, detail, parameters, multiplyAdds, activationBytes, branches } = row;
    const shared = { key, title: name, detail, row, parameters, multiplyAdds, activationBytes };
    if (branches === null) return { ...shared, kind: "layer", towers, children: [] };
    if (row.kind === "auxiliary")
      return { ...shared, kind: "head", towers: 1, children: nodesOf(branches.flat(), `${key}/`) };
    const children = branches.map((branch, index) => branchOf(branch, row, `${key}/Branch_${index}`, index + 1));
    return { ...shared, kind: "module", towers: 1, children };
  });
}

function branchOf(rows: readonly ShapedRow[], module: ShapedRow, key: string, number: number): NetworkNode {
  const children = nodesOf(rows, `${key}/`);
  const row = rows.at(-1) ?? module;
  const layers = rows.length === 0 ? "passes on" : rows.length === 1 ? "1 layer" : `${rows.length} layers`;
  return {
    key,
    kind: "branch",
    title: `Branch ${number}`,
    detail: layers,
    row,
    ...sums(children),
    towers: 1,
    children,
  };
}

function sums(nodes: readonly NetworkNode[]) {
  const sum = (of: (node: NetworkNode) => number) => nodes.reduce((total, node) => total + of(node), 0);
  return {
    parameters: sum(({ parameters }) => parameters),
    multiplyAdds: sum(({ multiplyAdds }) => multiplyAdds),
    activationBytes: sum(({ activationBytes }) => activationBytes),
  };
}

/** Every node before what is inside of it. */
export function allNodes(nodes: readonly NetworkNode[]): readonly NetworkNode[] {
  return nodes.flatMap((node) => [node, ...allNodes(node.children)]);
}

/** What a map shows of a network as rows: what is open is left out for what is inside of it. */
export function shownNodes(nodes: readonly NetworkNode[], open: ReadonlySet<string>): readonly NetworkNode[] {
  return nodes.flatMap((node) =>
    node.children.length > 0 && open.has(node.key) ? shownNodes(node.children, open) : [node],
  );
}
