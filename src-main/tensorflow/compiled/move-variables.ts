/** How a function that may be recorded moves a variable: `variable.assign` alone would escape the recorder. */
import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { typeAttribute } from "../op-attributes.ts";
import { tf } from "../runtime.ts";
import { recordUpdate } from "./recorder.ts";

/** Gives it a new value: at once where ops run one by one, and at the end of the function where it is recorded. */
export function assignVariable(variable: Variable, value: Tensor): void {
  if (!recordMove("AssignVariableOp", variable, value)) variable.assign(value);
}

/** Takes `amount` off: of the value that earlier moves of the same function have left. */
export function decreaseVariable(variable: Variable, amount: Tensor): void {
  if (!recordMove("AssignSubVariableOp", variable, amount)) variable.assign(tf.sub(variable, amount));
}

function recordMove(op: string, variable: Variable, input: Tensor): boolean {
  const attributes = [typeAttribute("dtype", "float32")];
  return recordUpdate(() => ({ op, variables: [variable], inputs: [input], attributes }));
}
