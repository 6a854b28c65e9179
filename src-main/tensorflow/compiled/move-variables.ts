/** How a function that may be recorded gives a variable a new value: `variable.assign` alone would escape the recorder. */
import type { Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import { typeAttribute } from "../op-attributes.ts";
import { recordUpdate } from "./recorder.ts";

/** Takes effect at once where ops run one by one, and at the end of the function where it is recorded. */
export function assignVariable(variable: Variable, value: Tensor): void {
  const isRecorded = recordUpdate(() => ({
    op: "AssignVariableOp",
    variables: [variable],
    inputs: [value],
    attributes: [typeAttribute("dtype", "float32")],
  }));
  if (!isRecorded) variable.assign(value);
}
