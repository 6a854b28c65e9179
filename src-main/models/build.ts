/** Builds a network from its table: the same rows that the calculator reads. */
import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Architecture, AuxiliaryRow, BranchesRow, Row } from "../contract/architecture.ts";
import { outputShape, type Shape, shapeRows } from "../domain/shapes.ts";
import { tf } from "../tensorflow/runtime.ts";
import { frozenCount } from "./frozen.ts";
import {
  adaptivePoolLayer,
  convolutionLayer,
  denseLayer,
  dropoutLayer,
  exchangedPool,
  flattenLayer,
  type Layer,
  localResponseNormLayer,
  lookedAtLayer,
  type Pass,
  poolLayer,
} from "./layers.ts";
import type { Network } from "./network.ts";
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

interface Site extends BuildOptions {
  readonly make: WeightMaker;
  /** Counts dropout rows, so that each draws a mask of its own. */
  nextDropout(): number;
}
interface Built {
  readonly layer: Layer;
  readonly shape: Shape;
}

/**
 * @param architecture at the size at which it shall run (see scale.ts)
 * @throws Error if the table is broken; StrataError `weights.no-row`
 */
export function buildNetwork(architecture: Architecture, options: BuildOptions): Network {
  const { totals } = shapeRows(architecture, options.classes);
  const make = createWeightMaker(options.seed);
  let dropouts = 0;
  const site: Site = { ...options, make, nextDropout: () => dropouts++ };
  const side = architecture.inputPixels;
  const frozen = frozenCount(architecture.rows, options.frozenThrough ?? null);
  const { layer } = buildRows(architecture.rows, { height: side, width: side, channels: 3 }, "", site, frozen);

  return {
    weights: make.weights,
    parameters: totals.parameters,
    auxiliaryParameters: options.auxiliaryWeight === 0 ? 0 : totals.auxiliaryParameters,
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

/** @param frozen how many of the rows are */
function buildRows(rows: readonly Row[], input: Shape, path: string, site: Site, frozen = 0): Built {
  let shape = input;
  const layers: Layer[] = [];
  for (const [position, row] of rows.entries()) {
    const rowPath = path ? `${path}/${row.name}` : row.name;
    const isFrozen = position < frozen;
    const rowSite = isFrozen ? { ...site, make: site.make.frozen } : site;
    const beside = { before: rows[position - 1], behind: rows[position + 1] };
    const trained = buildRow(row, shape, rowPath, rowSite, beside);
    const built = isFrozen ? { ...trained, layer: frozenLayer(trained.layer) } : trained;
    shape = built.shape;
    layers.push((x, pass) => {
      const output = built.layer(x, pass);
      if (row.kind !== "auxiliary") pass.onRow?.(rowPath, output);
      return output;
    });
  }
  return { layer: chain(layers), shape };
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

/** Rows beside one, in the same branch. */
interface Neighbours {
  readonly before: Row | undefined;
  readonly behind: Row | undefined;
}

function buildRow(row: Row, input: Shape, path: string, site: Site, { before, behind }: Neighbours): Built {
  if (row.kind === "branches") return buildBranches(row, input, path, site);
  if (row.kind === "auxiliary") return { layer: auxiliaryLayer(row, input, path, site), shape: input };
  const shape = outputShape(row, input, site.classes);
  switch (row.kind) {
    case "convolution":
      return {
        shape,
        layer: convolutionLayer(row, input, site.classes, path, site.make, exchangedPool(before, row, input)),
      };
    case "dense":
      return { shape, layer: denseLayer(row, input, site.classes, path, site.make) };
    case "pool":
      return { shape, layer: exchangedPool(row, behind, shape) ? lookedAtLayer(poolLayer(row)) : poolLayer(row) };
    case "adaptive-pool":
      return { shape, layer: adaptivePoolLayer(row) };
    case "local-response-norm":
      return { shape, layer: localResponseNormLayer(row) };
    case "dropout":
      return { shape, layer: dropoutLayer(row, site.dropout, site.nextDropout()) };
    case "flatten":
      return { shape, layer: flattenLayer };
  }
}

function buildBranches(row: BranchesRow, input: Shape, path: string, site: Site): Built {
  const built = row.branches.map((rows, i) => buildRows(rows, input, `${path}/Branch_${i}`, site));
  const channels = built.reduce((total, { shape }) => total + shape.channels, 0);
  const shape = { ...(built[0]?.shape ?? input), channels };
  const layer: Layer = (x, pass) =>
    tf.concat(
      built.map((branch) => branch.layer(x, pass)),
      3,
    );
  return { layer, shape };
}

/** Passes the trunk through; in training it also leaves the head's logits with the pass. */
function auxiliaryLayer(row: AuxiliaryRow, input: Shape, path: string, site: Site): Layer {
  const weight = site.auxiliaryWeight ?? row.weight;
  if (weight === 0) return (x) => x;
  const head = buildRows(row.rows, input, path, site).layer;
  return (x, pass) => {
    if (pass.mode.isTraining) pass.auxiliary.push({ logits: flat(head(x, pass)), weight });
    return x;
  };
}

function flat(x: Tensor4D): Tensor2D {
  return tf.reshape(x, [x.shape[0], x.shape[3]]);
}
