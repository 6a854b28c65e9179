/** The product of two matrices with native gradients; tfjs's own goes through a batch of one and reshapes on both sides. */
import type { Rank, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { boolAttribute, typeAttribute } from "../op-attributes.ts";
import { backend, tf } from "../runtime.ts";
import { defineKernel } from "./kernel.ts";

const floats = typeAttribute("T", "float32");

function product(a: Tensor2D, isATransposed: boolean, b: Tensor2D, isBTransposed: boolean): Tensor2D {
  const transposed = [boolAttribute("transpose_a", isATransposed), boolAttribute("transpose_b", isBTransposed)];
  // Of two dimensions by the op's definition.
  return backend.executeSingleOutput("MatMul", [floats, ...transposed], [a, b]) as Tensor2D;
}

const runMatMul = defineKernel<"a" | "b", object>({
  name: "StrataMatMul",
  // Of two dimensions: `matMul` below is all that comes here.
  forward: ({ a, b }) => [product(a as Tensor2D, false, b as Tensor2D, false)],
  savedInputs: ["a", "b"],
  savedOutputs: [false],
  backward(upstream, saved) {
    // All three of two dimensions, as `forward` took and gave them.
    const [dy] = upstream as readonly Tensor2D[];
    const [a, b] = saved as readonly Tensor2D[];
    if (!dy || !a || !b) throw new Error("the engine did not keep what the product saved");
    return { a: gradientOfA(dy, b), b: product(a, true, dy, false) };
  },
});

/**
 * dy·bᵀ. oneDNN is slow where few rows meet a large transposed matrix, as in the dense layers of AlexNet and VGG; there it is (b·dyᵀ)ᵀ, up to
 * 3.7 times faster in float32 and about as fast in bfloat16.
 */
function gradientOfA(dy: Tensor2D, b: Tensor2D): Tensor2D {
  const [rows, columns] = [dy.shape[0], b.shape[0]];
  return 4 * rows <= columns ? tf.transpose(product(b, false, dy, true)) : product(dy, false, b, true);
}

/** `a` [n, k] times `b` [k, m], giving [n, m]. */
export function matMul(a: Tensor2D, b: Tensor2D): Tensor2D {
  // One output of two dimensions.
  return runMatMul({ a, b }, {})[0] as Tensor2D;
}

/**
 * A 1×1 convolution of stride 1 as the product that it is: each position's channels times the kernel. oneDNN's products are up to twice as fast
 * as its 1×1 convolutions, above all for the kernel's gradient.
 * @param x [n, h, w, channels]
 * @param kernel [1, 1, channels, filters]
 * @returns [n, h, w, filters]
 */
export function pointwiseConvolution(x: Tensor4D, kernel: Tensor4D): Tensor4D {
  const [pictures, height, width] = x.shape;
  const [, , channels, filters] = kernel.shape;
  const positions = tf.reshape<Rank.R2>(x, [-1, channels]);
  const output = matMul(positions, tf.reshape<Rank.R2>(kernel, [channels, filters]));
  return tf.reshape<Rank.R4>(output, [pictures, height, width, filters]);
}
