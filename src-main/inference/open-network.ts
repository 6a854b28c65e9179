/** A network with the weights of a file, ready to answer. */
import type { Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Architecture } from "../contract/architecture.ts";
import type { Precision } from "../contract/configuration.ts";
import { StrataError } from "../contract/errors.ts";
import { buildNetwork } from "../models/build.ts";
import { refuseNotFinite, watchFinite } from "../models/finite.ts";
import type { Network, OnRow } from "../models/network.ts";
import { findArchitecture } from "../models/registry.ts";
import { scaleArchitecture } from "../models/scale.ts";
import { openWeights, type UsedWeights, usedWeights, type WeightsDescription } from "../models/weights-file.ts";
import { openProgram } from "../tensorflow/compiled/program.ts";
import { scalePixels, uploadPixels } from "../tensorflow/kernels/pixels.ts";
import { tf } from "../tensorflow/runtime.ts";

export interface OpenNetwork {
  readonly description: WeightsDescription;
  readonly architecture: Architecture;
  /** Pictures that a compiled pass takes: as many as the network's own evaluations took, so that its answers are theirs to the last bit. */
  readonly batchSize: number;
  /**
   * Logits of the pictures, [pictures, classes]. Few are answered op by op, more by a compiled pass.
   * @param pixels 8-bit RGB, pictures × side × side × 3; at most `batchSize` pictures
   * @param inAll how many the question has: the last few of many get the same kernels as the rest
   */
  logits(pixels: Uint8Array, pictures: number, inAll?: number): Float32Array;
  /**
   * What is read of a row's output, [pictures, height, width, channels], which is gone after it.
   * @param pixels 8-bit RGB, pictures × side × side × 3
   * @param row its path in the network's table
   * @throws StrataError `inference.no-row`
   */
  atRow<T>(pixels: Uint8Array, row: string, read: (output: Tensor4D) => T): T;
  /** The same of several rows by one pass, in the order in which they are named. */
  atRows<T>(pixels: Uint8Array, rows: readonly string[], read: (output: Tensor4D) => T): readonly T[];
  /**
   * Runs the network op by op, with what gradients need. Tensors that are made meanwhile are gone after it.
   * @param pixels 8-bit RGB, pictures × side × side × 3
   */
  withForward<T>(pixels: Uint8Array, use: (pictures: Tensor4D, forward: Forward) => T): T;
  dispose(): void;
}

/** Logits, [pictures, classes], of pictures that are scaled as the network takes them, [pictures, side, side, 3]. */
export type Forward = (pictures: Tensor4D, onRow?: OnRow) => Tensor2D;

/** More are worth the seconds of compiling. */
const mostOpByOp = 4;
/** For weights from elsewhere. */
const usualBatchSize = 32;

/**
 * @param isRandom leaves the weights as a training begins, and takes of the file what it says of the network
 * @throws StrataError `weights.*`, `model.unknown`
 */
export function openNetwork(path: string, isRandom = false): OpenNetwork {
  const file = openWeights(path);
  try {
    const used = usedWeights(file, path);
    const { architecture: id, classes } = used.description;
    const architecture = scaleArchitecture(findArchitecture(id), used.description);
    // Heads take no part in an answer.
    const network = buildNetwork(architecture, { classes, seed: 0, dropout: null, auxiliaryWeight: 0 });
    try {
      if (!isRandom) fill(network, used, path);
    } catch (thrown) {
      network.dispose();
      throw thrown;
    }
    return opened(network, architecture, used.description);
  } finally {
    file.close();
  }
}

function fill({ weights }: Network, { read }: UsedWeights, path: string): void {
  const watched = watchFinite(read);
  for (const { name, variable } of weights)
    tf.tidy(() => variable.assign(tf.tensor(watched.read(name), variable.shape)));
  refuseNotFinite(watched.found(), path);
}

function opened(network: Network, architecture: Architecture, description: WeightsDescription): OpenNetwork {
  const { inputPixels: side, preprocessing, trained } = description;
  const training = trained?.configuration.training;
  const batchSize = training?.batchSize ?? usualBatchSize;
  const precision: Precision = training?.precision ?? "float32";
  const forward: Forward = (pictures, onRow) =>
    network.forward(pictures, { isTraining: false, dropoutSeed: 0 }, onRow).logits;
  const answer = ({ pixels }: { pixels: Tensor4D }): { logits: Tensor2D } => ({
    logits: forward(scalePixels(pixels, preprocessing)),
  });
  const variables = network.weights.map(({ variable }) => variable);
  const program = openProgram({ variables, functions: { answer }, precision });
  const opByOp = (pixels: Tensor4D): { logits: Tensor2D } => {
    program.readVariables();
    return tf.tidy(() => answer({ pixels }));
  };
  const withForward: OpenNetwork["withForward"] = (values, use) => {
    program.readVariables();
    const pixels = uploadPixels(values, values.length / (3 * side ** 2), side);
    tf.engine().startScope();
    try {
      return use(scalePixels(pixels, preprocessing), forward);
    } finally {
      tf.engine().endScope();
      pixels.dispose();
    }
  };
  return {
    ...{ description, architecture, batchSize, withForward },
    logits(values, pictures, inAll = pictures) {
      const isFew = inAll <= mostOpByOp;
      const pixels = isFew
        ? uploadPixels(values, pictures, side)
        : uploadPixels(filledUp(values, batchSize * side ** 2 * 3), batchSize, side);
      try {
        const { logits } = isFew ? opByOp(pixels) : program.run("answer", { pixels });
        const found = logits.dataSync().slice(0, pictures * description.classes) as Float32Array; // of floats
        logits.dispose();
        return found;
      } finally {
        pixels.dispose();
      }
    },
    atRow: (values, row, read) =>
      withForward(values, (pictures) => readAtRow({ forward, architecture }, pictures, row, read)),
    atRows: (values, rows, read) =>
      withForward(values, (pictures) => readAtRows({ forward, architecture }, pictures, rows, read)),
    dispose() {
      program.dispose();
      network.dispose();
    },
  };
}

class RowReached<T> extends Error {
  readonly read: T;

  constructor(read: T) {
    super("The row was reached.");
    this.read = read;
  }
}

/**
 * What is read of a row's output on a pass that ends there: what lies behind the row is not computed.
 * @param read its tensors are gone with the pass, but for those that are kept
 * @throws StrataError `inference.no-row`
 */
export function readAtRow<T>(
  { forward, architecture }: { readonly forward: Forward; readonly architecture: Pick<Architecture, "id"> },
  pictures: Tensor4D,
  row: string,
  read: (output: Tensor4D) => T,
): T {
  try {
    forward(pictures, (path, output) => {
      if (path === row) throw new RowReached(read(output));
      return undefined;
    });
  } catch (thrown) {
    // Thrown above alone, with what `read` gave.
    if (thrown instanceof RowReached) return thrown.read as T;
    throw thrown;
  }
  throw new StrataError("inference.no-row", { row, id: architecture.id });
}

function readAtRows<T>(
  { forward, architecture }: { readonly forward: Forward; readonly architecture: Pick<Architecture, "id"> },
  pictures: Tensor4D,
  rows: readonly string[],
  read: (output: Tensor4D) => T,
): readonly T[] {
  const found = new Map<string, { readonly read: T }>();
  forward(pictures, (path, output) => {
    if (rows.includes(path)) found.set(path, { read: read(output) });
    return undefined;
  });
  return rows.map((row) => {
    const own = found.get(row);
    if (own === undefined) throw new StrataError("inference.no-row", { row, id: architecture.id });
    return own.read;
  });
}

/** With black pictures behind: pictures do not see one another here, and one size of batch is one graph. */
function filledUp(values: Uint8Array, length: number): Uint8Array {
  if (values.length === length) return values;
  const filled = new Uint8Array(length);
  filled.set(values);
  return filled;
}
