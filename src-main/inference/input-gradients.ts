/** Attributions by the gradient of a class's logit with respect to the picture. The baseline is the network's 0, a mid-grey. */
import { setImmediate } from "node:timers/promises";
import type { Scalar, Tensor, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { AttributionMap } from "../contract/inference.ts";
import { cellSums } from "../domain/inspections/cell-sums.ts";
import { gradientBytes } from "../domain/inspections/gradient-bytes.ts";
import { shapeRows } from "../domain/networks/shapes.ts";
import { tf } from "../tensorflow/runtime.ts";
import type { OpenNetwork } from "./open-network.ts";

/** Gradient × input (Shrikumar 2016). @param picture 8-bit RGB, side × side × 3 */
export function gradientTimesInput(network: OpenNetwork, picture: Uint8Array, place: number): AttributionMap {
  const { contributions } = along(network, picture, place, [1]);
  return { ...inCells(network, contributions), about: { method: "gradient-input" } };
}

/** Steps are doubled until the sum is complete to this share, or there are as many as the last. */
const [fewestSteps, mostSteps, wantedError] = [32, 512, 0.01];

/**
 * Integrated gradients (Sundararajan 2017): the mean gradient along the straight line from the baseline to the picture, times the picture, by the midpoint rule.
 * The values sum to what the logit rises by along that line, but for the error that is stated.
 * @param picture 8-bit RGB, side × side × 3
 * @throws the signal's reason
 */
export async function integratedGradients(
  network: OpenNetwork,
  picture: Uint8Array,
  place: number,
  signal: AbortSignal,
): Promise<AttributionMap> {
  const [whole = 0, nothing = 0] = along(network, picture, place, [1, 0]).logits;
  const logitRise = whole - nothing;
  for (let steps = fewestSteps; ; steps *= 2) {
    const contributions = await meanAlong(network, picture, place, steps, signal);
    const sum = contributions.reduce((all, value) => all + value, 0);
    const completenessError = logitRise === 0 ? null : Math.abs((sum - logitRise) / logitRise);
    if (steps < mostSteps && completenessError !== null && completenessError > wantedError) continue;
    const about = { method: "integrated-gradients", steps, logitRise, completenessError } as const;
    return { ...inCells(network, contributions), about };
  }
}

async function meanAlong(
  network: OpenNetwork,
  picture: Uint8Array,
  place: number,
  steps: number,
  signal: AbortSignal,
): Promise<Float64Array> {
  const shares = Array.from({ length: steps }, (_, step) => (step + 0.5) / steps);
  const atOnce = picturesAtOnce(network);
  let sum = new Float64Array(picture.length / 3);
  for (let start = 0; start < steps; start += atOnce) {
    const { contributions } = along(network, picture, place, shares.slice(start, start + atOnce));
    sum = sum.map((value, at) => value + contributions[at]! / steps);
    // Whoever leaves is heard between.
    await setImmediate();
    signal.throwIfAborted();
  }
  return sum;
}

/** A gradient keeps what every row gives; the largest networks take one picture after the other. */
const mostAtOnce = 16;

function picturesAtOnce({ architecture, description }: OpenNetwork): number {
  const { activationBytes } = shapeRows(architecture, description.classes).totals;
  return Math.max(1, Math.min(mostAtOnce, Math.floor(gradientBytes / (2 * activationBytes))));
}

/**
 * @param shares of the way from the baseline to the picture
 * @returns `contributions` [side × side]: the gradients at these shares, summed, times the picture, summed over the colours; `logits`, one a share
 */
function along(
  network: OpenNetwork,
  picture: Uint8Array,
  place: number,
  shares: readonly number[],
): { readonly contributions: Float32Array; readonly logits: Float32Array } {
  return network.withForward(picture, (scaled, forward) => {
    const points = tf.mul<Tensor4D>(scaled, tf.tensor4d([...shares], [shares.length, 1, 1, 1]));
    let logits = new Float32Array();
    const sumOfLogits = (x: Tensor): Scalar => {
      // Of four dimensions, as the points that it is called with.
      const ofClass = tf.slice(forward(x as Tensor4D), [0, place], [shares.length, 1]);
      logits = Float32Array.from(ofClass.dataSync());
      return tf.sum<Scalar>(ofClass);
    };
    const gradients = tf.grad(sumOfLogits)(points);
    const contributions = tf.sum(tf.mul(tf.sum(gradients, 0, true), scaled), 3);
    return { contributions: Float32Array.from(contributions.dataSync()), logits };
  });
}

/** A map finer than this is noise to the eye and much to send. */
const mostCells = 64;

function inCells(
  { description: { inputPixels } }: OpenNetwork,
  contributions: ArrayLike<number>,
): Omit<AttributionMap, "about"> {
  const cellPixels = Math.ceil(inputPixels / mostCells);
  const { side, values } = cellSums(contributions, inputPixels, cellPixels);
  return { side, cellPixels, offsetPixels: 0, values };
}
