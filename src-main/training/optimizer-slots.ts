/** What each rule remembers of every weight, by name; all begin at zero. Without TensorFlow, for whoever counts memory. */
import type { Optimizer } from "../contract/configuration.ts";

export function optimizerSlots(optimizer: Optimizer): readonly string[] {
  switch (optimizer.kind) {
    case "sgd":
      return optimizer.momentum > 0 ? ["momentum"] : [];
    case "rmsprop":
      return ["mean-square", "momentum"];
    case "adam":
      return ["mean", "mean-square"];
  }
}
