/**
 * Optimisers as the command line names them: a kind, `rmsprop`, whose numbers are the usual ones; with numbers of its own,
 * `rmsprop:epsilon=0.001,initial-mean-square=1`.
 */
import { InvalidArgumentError } from "commander";
import { type Optimizer, optimizer } from "../contract/configuration.ts";
import type { Setting } from "../domain/settings/setting.ts";
import { partsOf } from "../domain/settings/settings.ts";
import { numberFlag, yesOrNoFlag } from "./flags.ts";

/** `sgd`, `rmsprop` or `adam`, with that optimiser's usual numbers where none are named behind it. */
export function optimizerFlag(text: string): Optimizer {
  const [kind = "", list = ""] = text.split(":", 2);
  const usual = optimizer.safeParse({ kind });
  if (!usual.success) throw new InvalidArgumentError(`${text} is none of sgd, rmsprop, adam.`);
  const own = partsOf("optimizer", kind);
  const given = list
    .split(",")
    .filter((part) => part !== "")
    .map((part) => numberOf(part, kind, own));
  const parsed = optimizer.safeParse({ ...usual.data, ...Object.fromEntries(given) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const wrong = String(issue?.path.at(-1));
  const flag = own.find((setting) => keyOf(setting) === wrong)?.flag ?? wrong;
  throw new InvalidArgumentError(`${flag}: ${issue?.message}.`);
}

/** `epsilon=0.001` */
function numberOf(part: string, kind: string, own: readonly Setting[]): readonly [key: string, number | boolean] {
  const [flag = "", value = ""] = part.split("=");
  const setting = own.find((one) => one.flag === flag);
  if (setting === undefined) {
    const known = own.map((one) => one.flag).join(", ");
    throw new InvalidArgumentError(`${kind} has no ${flag}; it has ${known}.`);
  }
  return [keyOf(setting), setting.value.kind === "yes-or-no" ? yesOrNoFlag(value) : numberFlag(value)];
}

/** What the optimiser calls it: `isNesterov`. */
function keyOf({ path }: Setting): string {
  return path.slice(path.lastIndexOf(".") + 1);
}
