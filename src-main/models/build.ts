/** Builds a network from its table: the same rows that the calculator reads. */
import type { Tensor2D, Tensor4D, Variable } from "@tensorflow/tfjs-node-gpu";
import type { Architecture } from "../contract/architecture.ts";
import { type PlacedRow, type WalkedRows, type WalkedTable, walkRows } from "../domain/networks/row-walk.ts";
import { shapeRows } from "../domain/networks/shapes.ts";
import { tf } from "../tensorflow/runtime.ts";
import { frozenCount } from "./frozen.ts";
import {
  adaptivePoolLayer,
  convolutionLayer,
  denseLayer,
  dropoutLayer,
  exchangedPool,
  flattenLayer,
  inspectedLayer,
  type Layer,
  localResponseNormLayer,
  type Pass,
  poolLayer,
} from "./layers.ts";
import type { ForwardMode, Network } from "./network.ts";
import { createWeightMaker, type WeightMaker } from "./weights.ts";

export interface BuildOptions {
  readonly classes: number;
  /** Of the initial weights. */
  readonly seed: number;
  /** Replaces every dropout row's rate; null keeps the table's. */
  readonly dropout: number | null;
  /** Replaces every head's weight; null keeps the table's, 0 leaves the heads out. */
  readonly auxiliaryWeight: number | null;
  /**
   * Name of a row of the trunk: it and the rows before it run as outside training, with moving statistics and without dropout, and their weights
   * are not trained. Heads among them are left out of training. Left out, or null, all is trained.
   */
  readonly frozenThrough?: string | null;
}

/**
 * @param architecture at the size at which it shall run (see scale.ts)
 * @throws Error if the table is broken; StrataError `weights.no-row`
 */
export function buildNetwork(architecture: Architecture, options: BuildOptions): Network {
  const { classes, seed, auxiliaryWeight } = options;
  const { totals } = shapeRows(architecture, classes);
  const make = createWeightMaker(seed);
  const layer = chain(buildLayers(architecture, options, make));

  return {
    weights: make.weights,
    parameters: totals.parameters,
    auxiliaryParameters: auxiliaryWeight === 0 ? 0 : totals.auxiliaryParameters,
    forward(pictures, mode, onRow) {
      const pass: Pass = { mode, movingUpdates: [], auxiliary: [], onRow: onRow ?? null };
      const run = () => flat(layer(pictures, pass));
      const logits = mode.isTraining ? run() : tf.tidy(run);
      return { logits, auxiliary: pass.auxiliary, movingUpdates: pass.movingUpdates };
    },
    dispose() {
      for (const { variable } of make.weights) variable.dispose();
    },
  };
}

/** Rows without a classifier behind them, over a grid of so many channels: what they give is a grid again. */
export interface BuiltRows {
  readonly variables: readonly Variable[];
  forward(x: Tensor4D, mode: ForwardMode): Tensor4D;
  dispose(): void;
}

/** @param table without heads */
export function buildRows(table: WalkedTable, seed: number): BuiltRows {
  const make = createWeightMaker(seed);
  const layer = chain(buildLayers(table, { classes: 1, seed, dropout: null, auxiliaryWeight: 0 }, make));
  const variables = make.weights.map(({ variable }) => variable);
  return {
    variables,
    forward: (x, mode) => layer(x, { mode, movingUpdates: [], auxiliary: [], onRow: null }),
    dispose() {
      for (const variable of variables) variable.dispose();
    },
  };
}

/** Those of the trunk, with those of modules and heads inside them. */
function buildLayers(architecture: WalkedTable, options: BuildOptions, make: WeightMaker): readonly Layer[] {
  const { classes, dropout, auxiliaryWeight } = options;
  const frozen = frozenCount(architecture.rows, options.frozenThrough ?? null);
  const makeFrozen = make.frozen;
  let dropouts = 0;
  const { found } = walkRows<unknown, Layer>(
    architecture,
    { classes, hasHeads: auxiliaryWeight !== 0 },
    null,
    (placed, _, inside) => {
      const isFrozen = placed.trunkIndex < frozen;
      const made = layerOf(placed, inside);
      const layer = isFrozen ? frozenLayer(made) : made;
      if (placed.row.kind === "auxiliary") return layer;
      return (x, pass) => {
        const output = layer(x, pass);
        return pass.onRow?.(placed.path, output) ?? output;
      };
    },
  );
  return found;

  function layerOf(placed: PlacedRow, inside: readonly WalkedRows<unknown, Layer>[]): Layer {
    const { row, path, input, output, before, behind } = placed;
    const maker = placed.trunkIndex < frozen ? makeFrozen : make;
    switch (row.kind) {
      case "convolution":
        return convolutionLayer(row, input, classes, path, maker, exchangedPool(before, row, input));
      case "dense":
        return denseLayer(row, input, classes, path, maker);
      case "pool":
        return exchangedPool(row, behind, output) ? inspectedLayer(poolLayer(row)) : poolLayer(row);
      case "adaptive-pool":
        return adaptivePoolLayer(row);
      case "local-response-norm":
        return localResponseNormLayer(row);
      case "dropout":
        return dropoutLayer(row, dropout, dropouts++);
      case "flatten":
        return flattenLayer;
      case "branches":
        return branchesLayer(inside.map((branch) => chain(branch.found)));
      case "auxiliary":
        return auxiliaryLayer(chain(inside.flatMap((head) => head.found)), auxiliaryWeight ?? row.weight);
    }
  }
}

function frozenLayer(layer: Layer): Layer {
  return (x, pass) => layer(x, { ...pass, mode: { ...pass.mode, isTraining: false } });
}

/**
 * One layer after the other. Outside training no gradient needs what lies between, and it is disposed of at once: kept to the end, a batch of
 * full-size pictures would fill gigabytes.
 */
function chain(layers: readonly Layer[]): Layer {
  return (input, pass) =>
    layers.reduce((x, layer) => {
      if (pass.mode.isTraining) return layer(x, pass);
      const output = tf.tidy(() => layer(x, pass));
      if (x !== input && x !== output) x.dispose();
      return output;
    }, input);
}

function branchesLayer(branches: readonly Layer[]): Layer {
  return (x, pass) =>
    tf.concat(
      branches.map((branch) => branch(x, pass)),
      3,
    );
}

/** Passes the trunk through; in training it also leaves the head's logits with the pass. */
function auxiliaryLayer(head: Layer, weight: number): Layer {
  return (x, pass) => {
    if (pass.mode.isTraining) pass.auxiliary.push({ logits: flat(head(x, pass)), weight });
    return x;
  };
}

function flat(x: Tensor4D): Tensor2D {
  return tf.reshape(x, [x.shape[0], x.shape[3]]);
}
