/** A picture made of frequencies and of colours that do not go together, in place of pixels, and what it looks like turned, scaled and shifted (Olah 2017). */
import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-node-gpu";
import { fourierBasis, frequencyScales } from "../domain/inspections/fourier-basis.ts";
import { type Warp, warpedPlaces } from "../domain/inspections/warped-places.ts";
import { tf } from "../tensorflow/runtime.ts";

/** Square root of the covariance of ImageNet's colours, by rows of red, green and blue, as published with Lucid; the longest column is made one long. */
const colourRoots = [0.26, 0.09, 0.02, 0.27, 0, -0.05, 0.27, -0.09, 0.03];
const longestColourRoot = Math.hypot(0.26, 0.27, 0.27);

/** Frequencies [3, side, side] → a picture [side × side, 3] of values from 0 to 1. */
export function createSynthesis(side: number): (frequencies: Tensor3D) => Tensor2D {
  const { basis, frequencies: rows } = fourierBasis(side);
  const waves = tf.tensor2d(basis, [side, side]);
  // A quarter keeps the first picture near grey.
  const scales = tf.tensor3d(frequencyScales(rows), [1, side, side]).div(4);
  const roots = tf.tensor2d(colourRoots, [3, 3]).div(longestColourRoot);
  return (frequencies) =>
    tf.tidy(() => {
      const waved = [0, 1, 2].map((colour) => {
        const own = tf.reshape(tf.slice(tf.mul(frequencies, scales), [colour, 0, 0], [1, side, side]), [side, side]);
        const across = tf.matMul(own as Tensor2D, waves);
        return tf.reshape(tf.matMul(waves, across as Tensor2D, true), [side * side]);
      });
      return tf.sigmoid(tf.matMul(tf.stack(waved, 1) as Tensor2D, roots as Tensor2D, false, true)) as Tensor2D;
    });
}

/** @param picture [side × side, 3], as what is given */
export function warped(picture: Tensor2D, side: number, warp: Warp): Tensor2D {
  const { places, weights } = warpedPlaces(side, warp);
  const parts = tf.reshape(tf.gather(picture, tf.tensor1d(places, "int32")), [side * side, 4, 3]);
  return tf.sum(tf.mul(parts, tf.tensor3d(weights, [side * side, 4, 1])), 1);
}
