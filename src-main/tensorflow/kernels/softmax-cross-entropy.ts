/** Cross-entropy of softmax as one native op each way, where tfjs composes a dozen. */
import type { Scalar, Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { backend, tf } from "../runtime.ts";

/** TF_AttrType and TF_DataType numbers of TensorFlow's C API. */
const attributeType = 4;
const float32 = 1;
const int32 = 3;

type GradientOfLogits = { value: Tensor1D; gradFunc: (dy: Tensor1D, saved: Tensor[]) => Tensor2D };

/**
 * −Σ target·ln softmax(logits) of each picture, in nats, differentiable in the logits.
 * @param logits [pictures, classes]
 * @param targets [pictures, classes], each row sums to 1
 * @returns [pictures]
 */
export function softmaxCrossEntropy(logits: Tensor2D, targets: Tensor2D): Tensor1D {
  const attributes = [{ name: "T", type: attributeType, value: float32 }];
  return withGradient(logits, () =>
    backend.executeMultipleOutputs("SoftmaxCrossEntropyWithLogits", attributes, [logits, targets], 2),
  );
}

/**
 * −ln softmax(logits)[label] of each picture, in nats, differentiable in the logits.
 * @param logits [pictures, classes]
 * @param labels int32 [pictures]
 * @returns [pictures]
 */
export function sparseSoftmaxCrossEntropy(logits: Tensor2D, labels: Tensor1D): Tensor1D {
  const attributes = [
    { name: "T", type: attributeType, value: float32 },
    { name: "Tlabels", type: attributeType, value: int32 },
  ];
  return withGradient(logits, () =>
    backend.executeMultipleOutputs("SparseSoftmaxCrossEntropyWithLogits", attributes, [logits, labels], 2),
  );
}

/** Both ops give the loss and its gradient at once; the second waits for the backward pass. */
function withGradient(logits: Tensor2D, execute: () => Tensor[]): Tensor1D {
  const operation = tf.customGrad((...inputs): GradientOfLogits => {
    // tfjs hands `save` behind the tensors; its type lists tensors alone.
    const save = inputs.at(-1) as unknown as (tensors: Tensor[]) => void;
    const [loss, gradient] = execute() as [Tensor1D, Tensor2D];
    save([gradient]);
    return { value: loss, gradFunc: (dy, saved) => tf.mul(tf.expandDims(dy, 1), saved[0] as Tensor2D) };
  });
  return operation(logits) as Tensor1D;
}

/** Half the sum of squares, ½·Σw², of a tensor of any shape; its gradient is the tensor itself. */
export function halfSquareSum(values: Tensor): Scalar {
  const attributes = [{ name: "T", type: attributeType, value: float32 }];
  const operation = tf.customGrad((input, ...rest) => {
    const save = rest.at(-1) as unknown as (tensors: Tensor[]) => void;
    const value = backend.executeSingleOutput("L2Loss", attributes, [input as Tensor]) as Scalar;
    save([input as Tensor]);
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, saved[0] as Tensor) };
  });
  return operation(values) as Scalar;
}
