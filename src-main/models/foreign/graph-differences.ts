/** A network's table beside the graph of a model whose weights were laid beside its rows: which rows compute something else there. */
import type { Architecture, Row } from "../../contract/architecture.ts";
import type { RowDifference } from "../../contract/weights.ts";
import { rowInWords } from "../../domain/shapes.ts";
import {
  activatedNode,
  concatenationNode,
  convolutionNode,
  denseNode,
  inputNode,
  type LayerNode,
  layerInWords,
  otherNode,
  poolNode,
} from "./layer-graph.ts";

/**
 * @param kernelOf name in the file of a row's kernel; undefined where it has none for it
 * @param nodeOf what the file computes with a kernel
 * @returns in the order of the table; null where the file says of no row what it computes
 */
export function graphDifferences(
  { rows }: Architecture,
  kernelOf: (rowPath: string) => string | undefined,
  nodeOf: (kernel: string) => LayerNode | undefined,
): RowDifference[] | null {
  const trunk = rows.filter(({ kind }) => kind !== "auxiliary");
  const layers: LayerNode[] = [];
  nodesOf(trunk, inputNode, "", layers);
  const found = new Map<string, RowDifference>();
  let isSaid = false;
  for (const ours of layers) {
    const kernel = kernelOf(ours.name);
    const theirs = kernel === undefined ? undefined : nodeOf(kernel);
    if (theirs === undefined) continue;
    isSaid = true;
    compareLayer(ours, theirs, ours === layers.at(-1));
  }
  return isSaid ? [...found.values()] : null;

  function compareLayer(ours: LayerNode, theirs: LayerNode, isLast: boolean): void {
    // A softmax behind the last layer is here no part of the network: its loss takes it.
    const bare = isLast && theirs.activation === "softmax" ? { ...theirs, activation: "none" } : theirs;
    if (layerInWords(ours) !== layerInWords(bare)) tell(ours, bare);
    for (const [index, input] of ours.inputs.entries()) compareInput(ours, input, theirs.inputs[index]);
  }

  /** Up to the layers with weights before, which are compared by themselves. */
  function compareInput(reader: LayerNode, ours: LayerNode, theirs: LayerNode | undefined): void {
    const isLayer = ours.weights !== null || ours.kind === "input";
    if (theirs === undefined || ours.kind !== theirs.kind) {
      tell(isLayer ? reader : ours, theirs, ours);
      return;
    }
    if (ours.weights !== null) {
      const kernel = kernelOf(ours.name);
      if (kernel !== undefined && nodeOf(kernel)?.weights !== theirs.weights) tell(reader, theirs, ours);
      return;
    }
    if (ours.words !== theirs.words || ours.inputs.length !== theirs.inputs.length) tell(ours, theirs);
    for (const [index, input] of ours.inputs.entries()) compareInput(reader, input, theirs.inputs[index]);
  }

  /** Once a row, which differs itself or in what stands before it. */
  function tell(row: LayerNode, theirs: LayerNode | undefined, ours = row): void {
    if (found.has(row.name)) return;
    const say = ours === row ? inWords : behindInWords;
    found.set(row.name, { row: row.name, here: say(ours), there: say(theirs) });
  }
}

function inWords(node: LayerNode | undefined): string {
  return node === undefined ? "nothing" : layerInWords(node);
}

/** With its name, since the words of two layers can be the same. */
function behindInWords(node: LayerNode | undefined): string {
  const name = node === undefined || node.weights === null ? "" : ` (${node.name})`;
  return `behind ${inWords(node)}${name}`;
}

/** Adds layers with weights to `layers`. @returns the last */
function nodesOf(rows: readonly Row[], input: LayerNode, path: string, layers: LayerNode[]): LayerNode {
  let node = input;
  for (const row of rows) {
    const rowPath = path === "" ? row.name : `${path}/${row.name}`;
    switch (row.kind) {
      case "convolution": {
        node = convolutionNode(node, rowPath, { strides: [row.stride], border: row.padding, groups: row.groups });
        node = activatedNode(node, row.activation, rowPath);
        layers.push(node);
        break;
      }
      case "dense":
        node = activatedNode(denseNode(node, rowPath), row.activation, rowPath);
        layers.push(node);
        break;
      case "pool": {
        const window =
          row.kernel === "all" ? null : { kernel: [row.kernel], strides: [row.stride], border: row.padding };
        node = poolNode(node, rowPath, row.operation, window);
        break;
      }
      case "branches": {
        const start = node;
        const ends = row.branches.map((branch, index) => nodesOf(branch, start, `${rowPath}/Branch_${index}`, layers));
        node = concatenationNode(ends, rowPath);
        break;
      }
      case "adaptive-pool":
      case "local-response-norm":
        node = otherNode(rowInWords(row), [node], rowPath);
        break;
      case "auxiliary":
      case "dropout":
      case "flatten":
        break;
    }
  }
  return node;
}
