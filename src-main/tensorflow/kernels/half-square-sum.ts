/** ½·Σw² as one native op, for weight decay and gradient norms. */
import type { Scalar, Tensor } from "@tensorflow/tfjs-node-gpu";
import { typeAttribute } from "../op-attributes.ts";
import { backend, tf } from "../runtime.ts";

/** Half the sum of squares of a float tensor of any shape; its gradient is the tensor itself. */
export function halfSquareSum(values: Tensor): Scalar {
  const operation = tf.customGrad((...inputs) => {
    // tfjs hands `save` behind the tensors; its type lists tensors alone.
    const save = inputs.at(-1) as unknown as (tensors: Tensor[]) => void;
    save([values]);
    const value = backend.executeSingleOutput("L2Loss", [typeAttribute("T", "float32")], [values]) as Scalar;
    return { value, gradFunc: (dy: Tensor, saved: Tensor[]) => tf.mul(dy, saved[0] as Tensor) };
  });
  return operation(values) as Scalar;
}
