/** Cross-entropy of softmax as one native op, where tfjs composes a dozen. */
import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { typeAttribute } from "../op-attributes.ts";
import { backend, tf } from "../runtime.ts";

/**
 * −Σ target·ln softmax(logits) of each picture, in nats, differentiable in the logits.
 * @param logits [pictures, classes]
 * @param targets [pictures, classes], each row sums to 1
 * @returns [pictures]
 */
export function softmaxCrossEntropy(logits: Tensor2D, targets: Tensor2D): Tensor1D {
  return lossOf("SoftmaxCrossEntropyWithLogits", [typeAttribute("T", "float32")], logits, targets);
}

/**
 * −ln softmax(logits)[label] of each picture, in nats, differentiable in the logits.
 * @param logits [pictures, classes]
 * @param labels int32 [pictures]
 * @returns [pictures]
 */
export function sparseSoftmaxCrossEntropy(logits: Tensor2D, labels: Tensor1D): Tensor1D {
  const attributes = [typeAttribute("T", "float32"), typeAttribute("Tlabels", "int32")];
  return lossOf("SparseSoftmaxCrossEntropyWithLogits", attributes, logits, labels);
}

type Attributes = Parameters<typeof backend.executeMultipleOutputs>[1];

/** Both ops give the loss and its gradient at once; the second waits for the backward pass. */
function lossOf(op: string, attributes: Attributes, logits: Tensor2D, truth: Tensor): Tensor1D {
  const operation = tf.customGrad((...inputs) => {
    // tfjs hands `save` behind the tensors; its type lists tensors alone.
    const save = inputs.at(-1) as unknown as (tensors: Tensor[]) => void;
    // Each of the two ops has exactly these two outputs.
    const [loss, gradient] = backend.executeMultipleOutputs(op, attributes, [logits, truth], 2) as [Tensor1D, Tensor2D];
    save([gradient]);
    return {
      value: loss,
      gradFunc: (dy: Tensor1D, saved: Tensor[]) => tf.mul(tf.expandDims(dy, 1), saved[0] as Tensor2D),
    };
  });
  return operation(logits) as Tensor1D;
}
