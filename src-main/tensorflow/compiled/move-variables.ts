/** How a function that may be recorded moves a variable, and reads it after that: `variable.assign` alone would escape the recorder. */
import type { Scalar, Tensor } from "@tensorflow/tfjs-node-gpu";
import { typeAttribute } from "../op-attributes.ts";
import { tf } from "../runtime.ts";
import { assignMembers, currentValue, type Movable } from "./flat-variables.ts";
import { recordCondition, recordRead, recordUpdate } from "./recorder.ts";

/** Gives it a new value: at once where ops run one by one, and in its turn of each run where the function is recorded. Call within `tf.tidy`. */
export function assignVariable(variable: Movable, value: Tensor): void {
  if (!recordMove("AssignVariableOp", variable, value)) assignMembers(variable, value);
}

/** Takes `amount` off: of the value that earlier moves of the same function have left. Call within `tf.tidy`. */
export function decreaseVariable(variable: Movable, amount: Tensor): void {
  if (!recordMove("AssignSubVariableOp", variable, amount))
    assignMembers(variable, tf.sub(currentValue(variable), amount));
}

/** What it holds after the function's moves so far; a group's values end to end. Call within `tf.tidy`. */
export function movedValue(variable: Movable): Tensor {
  return recordRead(variable) ?? currentValue(variable);
}

/**
 * Lets `moves` move variables only where the condition holds: told once where ops run one by one, and in each run where the function is recorded.
 * No tensor that `moves` makes may be used after it. Call within `tf.tidy`.
 * @param condition of type bool
 */
export function moveWhere(condition: Scalar, moves: () => void): void {
  if (!recordCondition(condition, moves) && condition.dataSync()[0]) moves();
}

function recordMove(op: string, variable: Movable, input: Tensor): boolean {
  const attributes = [typeAttribute("dtype", "float32")];
  return recordUpdate(() => ({ op, variables: [variable], inputs: [input], attributes }));
}
