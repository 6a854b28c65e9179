/**
 * A kernel of our own in tfjs's registry: one or more native TensorFlow ops with a gradient that is native too. tfjs composes these gradients
 * from many small ops, each a call into the library, which is what eager steps spend their time on.
 */
import type { NamedAttrMap, NamedTensorMap, Tensor } from "@tensorflow/tfjs-node-gpu";
import { tf } from "../runtime.ts";

export interface Kernel<I extends string, A> {
  readonly name: string;
  forward(inputs: Readonly<Record<I, Tensor>>, attributes: A): readonly Tensor[];
  /** What `backward` is given, by name of an input or position of an output. */
  readonly savedInputs: readonly I[];
  readonly savedOutputs: readonly boolean[];
  /** Gradients by input. `upstream` has one tensor an output. All are computed at once, as native gradient ops do. */
  backward(upstream: readonly Tensor[], saved: readonly Tensor[], attributes: A): Partial<Record<I, Tensor>>;
}

/** Registers the kernel and returns the function that runs it. */
export function defineKernel<I extends string, A extends object>(
  kernel: Kernel<I, A>,
): (inputs: Readonly<Record<I, Tensor>>, attributes: A) => Tensor[] {
  tf.registerKernel({
    kernelName: kernel.name,
    backendName: "tensorflow",
    // The engine hands back the very inputs and attributes that `run` below put in.
    kernelFunc: ({ inputs, attrs }) => [...kernel.forward(inputs as Record<I, Tensor>, attrs as unknown as A)],
  });
  tf.registerGradient({
    kernelName: kernel.name,
    inputsToSave: [...kernel.savedInputs],
    outputsToSave: [...kernel.savedOutputs],
    gradFunc: (upstream, saved, attrs) => {
      const gradients = kernel.backward([upstream].flat(), saved, attrs as unknown as A);
      const entries = Object.entries<Tensor | undefined>(gradients);
      return Object.fromEntries(
        entries.flatMap(([input, gradient]) => (gradient ? [[input, () => gradient] as const] : [])),
      );
    },
  });
  return function run(inputs, attributes) {
    const outputs: Tensor | Tensor[] = tf
      .engine()
      .runKernel(kernel.name, inputs as unknown as NamedTensorMap, attributes as unknown as NamedAttrMap);
    return [outputs].flat();
  };
}
