/** How fast this machine multiplies matrices: what no network can outdo, and what its step is held against. */
import type { Tensor2D } from "@tensorflow/tfjs-node-gpu";
import type { Precision } from "../../contract/configuration.ts";
import { openProgram } from "../../tensorflow/compiled/program.ts";
import { matMul } from "../../tensorflow/kernels/mat-mul.ts";
import { tf } from "../../tensorflow/runtime.ts";

const usualSide = 2048;
const products = 4;
const tries = 6;

/** Floating-point operations a second, two for each multiply-add: the best of a few tries at products of `side` × `side`. */
export function matmulPeak(precision: Precision, side = usualSide): number {
  const program = openProgram({
    variables: [],
    functions: {
      multiply: ({ a }: { a: Tensor2D }) => {
        let product = a;
        for (let i = 0; i < products; i++) product = matMul(product, a);
        return { corner: tf.slice(product, [0, 0], [1, 1]) };
      },
    },
    precision,
  });
  const a = tf.tidy(() => tf.mul(tf.onesLike(tf.zeros([side, side])), 1 / side)) as Tensor2D;
  let shortest = Number.POSITIVE_INFINITY;
  // The first also records.
  for (let i = 0; i <= tries; i++) {
    const startedAt = performance.now();
    const { corner } = program.run("multiply", { a });
    corner.dataSync();
    corner.dispose();
    if (i > 0) shortest = Math.min(shortest, performance.now() - startedAt);
  }
  a.dispose();
  program.dispose();
  return (2 * products * side ** 3) / (shortest / 1000);
}
