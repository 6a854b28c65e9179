/** What optimisers and their numbers are called. */
import { type Optimizer, optimizer } from "../contract/configuration.ts";

type KeyOfEach<T> = T extends unknown ? keyof T : never;
/** Every number that an optimiser of some kind has, one that is a yes or no among them. */
export type OptimizerNumber = Exclude<KeyOfEach<Optimizer>, "kind">;

export const optimizerTitles: Readonly<Record<Optimizer["kind"], string>> = {
  sgd: "SGD",
  rmsprop: "RMSProp",
  adam: "Adam",
};

const numberWords: Readonly<Record<OptimizerNumber, (value: number | boolean) => string>> = {
  momentum: (value) => `momentum ${value}`,
  isNesterov: (value) => (value ? "Nesterov" : "not Nesterov"),
  decay: (value) => `decay ${value}`,
  beta1: (value) => `β₁ ${value}`,
  beta2: (value) => `β₂ ${value}`,
  epsilon: (value) => `ε ${value}`,
  initialMeanSquare: (value) => `mean square from ${value}`,
};

/**
 * `SGD`, `RMSProp, ε 0.001, mean square from 1`: its name and the numbers that are not the usual ones of its kind, so that two different optimisers
 * have two different names.
 * @param always numbers that are named in any case where the optimiser has them
 */
export function optimizerInWords(chosen: Optimizer, always: readonly OptimizerNumber[] = []): string {
  const usual: Partial<Record<OptimizerNumber, number | boolean>> = optimizer.parse({ kind: chosen.kind });
  const own: Partial<Record<OptimizerNumber, number | boolean>> = chosen;
  // A const object's keys are its type's keys.
  const named = (Object.keys(numberWords) as OptimizerNumber[]).flatMap((number) => {
    const value = own[number];
    return value === undefined || (value === usual[number] && !always.includes(number))
      ? []
      : [numberWords[number](value)];
  });
  return [optimizerTitles[chosen.kind], ...named].join(", ");
}
