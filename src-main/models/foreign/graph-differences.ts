/** A network's table beside the graph of a model whose weights were laid beside its rows: which rows compute something else there. */
import type { Architecture } from "../../contract/architecture.ts";
import type { RowDifference } from "../../contract/weights.ts";
import { walkRows } from "../../domain/networks/row-walk.ts";
import { rowInWords } from "../../domain/networks/shapes.ts";
import {
  activatedNode,
  concatenationNode,
  convolutionNode,
  denseNode,
  inputNode,
  type LayerNode,
  layerInWords,
  normalisedNode,
  otherNode,
  poolNode,
} from "./layer-graph.ts";

/**
 * @param kernelOf name in the file of a row's kernel; undefined where it has none for it
 * @param nodeOf what the file computes with a kernel
 * @returns in the order of the table; null where the file says of no row what it computes
 */
export function graphDifferences(
  architecture: Architecture,
  kernelOf: (rowPath: string) => string | undefined,
  nodeOf: (kernel: string) => LayerNode | undefined,
): RowDifference[] | null {
  const layers = layersOf(architecture);
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
    if (layerInWords(ours) !== layerInWords(bare) || normalisesOtherwise(ours, bare)) tell(ours, bare);
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
    const epsilonOf = (node: LayerNode | undefined) =>
      theirs !== undefined && normalisesOtherwise(ours, theirs) ? `, ε ${node?.epsilon}` : "";
    const [here, there] = [ours, theirs].map((node) => say(node) + epsilonOf(node)) as [string, string];
    found.set(row.name, { row: row.name, here, there });
  }
}

/** Where both say so. Programs keep ε as a float32. */
function normalisesOtherwise(ours: LayerNode, theirs: LayerNode): boolean {
  if (ours.epsilon === null || theirs.epsilon === null) return false;
  return Math.fround(ours.epsilon) !== Math.fround(theirs.epsilon);
}

function inWords(node: LayerNode | undefined): string {
  return node === undefined ? "nothing" : layerInWords(node);
}

/** With its name, since the words of two layers can be the same. */
function behindInWords(node: LayerNode | undefined): string {
  const name = node === undefined || node.weights === null ? "" : ` (${node.name})`;
  return `behind ${inWords(node)}${name}`;
}

/** Convolutions and dense layers, each with what stands before it. */
function layersOf(architecture: Architecture): LayerNode[] {
  const layers: LayerNode[] = [];
  walkRows(architecture, { classes: 1, hasHeads: false }, inputNode, ({ row, path }, from, inside): LayerNode => {
    switch (row.kind) {
      case "convolution":
      case "dense": {
        const bare =
          row.kind === "dense"
            ? denseNode(from, path)
            : convolutionNode(from, path, { strides: [row.stride], border: row.padding, groups: row.groups });
        const layer = activatedNode(normalisedNode(bare, row.batchNorm?.epsilon ?? null), row.activation, path);
        layers.push(layer);
        return layer;
      }
      case "pool": {
        const { kernel, stride, padding, operation } = row;
        const window = kernel === "all" ? null : { kernel: [kernel], strides: [stride], border: padding };
        return poolNode(from, path, operation, window);
      }
      case "branches":
        return concatenationNode(
          inside.map(({ end }) => end),
          path,
        );
      case "adaptive-pool":
      case "local-response-norm":
        return otherNode(rowInWords(row), [from], path);
      case "auxiliary":
      case "dropout":
      case "flatten":
        return from;
    }
  });
  return layers;
}
