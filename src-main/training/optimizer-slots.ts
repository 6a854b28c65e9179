/** What each rule remembers of every weight. Without TensorFlow, for whoever counts memory. */
import type { Optimizer } from "../contract/configuration.ts";

export interface OptimizerSlot {
  readonly name: string;
  readonly initialValue: number;
}

export function optimizerSlots(optimizer: Optimizer): readonly OptimizerSlot[] {
  switch (optimizer.kind) {
    case "sgd":
      return optimizer.momentum > 0 ? [fromZero("momentum")] : [];
    case "rmsprop":
      return [{ name: "mean-square", initialValue: optimizer.initialMeanSquare }, fromZero("momentum")];
    case "adam":
      return [fromZero("mean"), fromZero("mean-square")];
  }
}

function fromZero(name: string): OptimizerSlot {
  return { name, initialValue: 0 };
}
