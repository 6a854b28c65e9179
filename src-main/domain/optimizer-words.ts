/** What optimisers and their numbers are called. */
import { type Optimizer, optimizer } from "../contract/configuration.ts";
import { optimizerTitles } from "./settings/optimizer-settings.ts";
import { valueAt } from "./settings/setting.ts";
import { partsOf } from "./settings/settings.ts";

/**
 * `SGD`, `RMSProp, ε 0.001, mean square from 1`: its name and the numbers that are not the usual ones of its kind, so that two different optimisers
 * have two different names.
 * @param always numbers that are named in any case where the optimiser has them
 */
export function optimizerInWords(chosen: Optimizer, always: readonly string[] | "numbers" = []): string {
  const usual = optimizer.parse({ kind: chosen.kind });
  const named = partsOf("optimizer", chosen.kind).flatMap(({ id, path, short = id, value: { kind } }) => {
    const key = path.split(".").at(-1)!;
    const value = valueAt(chosen, key);
    const isNamed = always === "numbers" ? kind !== "yes-or-no" : always.includes(id);
    if (value === undefined || (value === valueAt(usual, key) && !isNamed)) return [];
    if (typeof value === "boolean") return [value ? short : `not ${short}`];
    return [`${short} ${value}`];
  });
  return [optimizerTitles[chosen.kind], ...named].join(", ");
}
