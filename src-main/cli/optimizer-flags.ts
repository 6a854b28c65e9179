/**
 * Optimisers as the command line names them: a kind, `rmsprop`, whose numbers are the usual ones; with numbers of its own,
 * `rmsprop:epsilon=0.001,initial-mean-square=1`; and each number as a flag, for the optimiser that is trained with.
 */
import { type Command, InvalidArgumentError } from "commander";
import { type Optimizer, optimizer } from "../contract/configuration.ts";
import type { SweepSetting } from "../contract/sweep.ts";
import type { OptimizerNumber } from "../domain/optimizer-words.ts";
import { numberFlag } from "./flags.ts";
import { UsageError } from "./io.ts";

interface NumberRow {
  /** Also as commander names it, and as a sweep does: in camel case. */
  readonly setting: SweepSetting & keyof OptimizerNumberFlags;
  readonly flag: string;
  readonly placeholder: string;
  readonly about: string;
  readonly parse: (text: string) => number | boolean;
}

/** As commander gives them. */
export interface OptimizerNumberFlags {
  readonly momentum?: number;
  readonly nesterov?: boolean;
  readonly squareDecay?: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly initialMeanSquare?: number;
}

export const optimizerNumbers: Readonly<Record<OptimizerNumber, NumberRow>> = {
  momentum: {
    ...{ setting: "momentum", flag: "momentum", placeholder: "<factor>", parse: numberFlag },
    about: "momentum of sgd or rmsprop",
  },
  isNesterov: {
    ...{ setting: "nesterov", flag: "nesterov", placeholder: "", parse: yesOrNoFlag },
    about: "sgd looks one step ahead",
  },
  decay: {
    ...{ setting: "squareDecay", flag: "square-decay", placeholder: "<factor>", parse: numberFlag },
    about: "rmsprop: what of the mean square of gradients is kept in each step",
  },
  beta1: {
    ...{ setting: "beta1", flag: "beta1", placeholder: "<factor>", parse: numberFlag },
    about: "adam: what of the mean of gradients is kept in each step",
  },
  beta2: {
    ...{ setting: "beta2", flag: "beta2", placeholder: "<factor>", parse: numberFlag },
    about: "adam: what of the mean of their squares is kept in each step",
  },
  epsilon: {
    ...{ setting: "epsilon", flag: "epsilon", placeholder: "<number>", parse: numberFlag },
    about: "rmsprop: added to the mean square, under the root; adam: added to the root",
  },
  initialMeanSquare: {
    ...{ setting: "initialMeanSquare", flag: "initial-mean-square", placeholder: "<0 or 1>", parse: numberFlag },
    about: "rmsprop: what the mean square begins at: 0 as in Keras and PyTorch, 1 as in TensorFlow 1",
  },
};
// A const object's keys are its type's keys.
const names = Object.keys(optimizerNumbers) as OptimizerNumber[];

export function addOptimizerNumberFlags(command: Command): Command {
  for (const { flag, placeholder, about, parse } of Object.values(optimizerNumbers)) {
    if (placeholder === "") command.option(`--${flag}`, about).option(`--no-${flag}`, `it does not: ${about}`);
    else command.option(`--${flag} ${placeholder}`, about, parse);
  }
  return command;
}

/**
 * The optimiser with the numbers that were given; whether they are in range is for the request's schema to say.
 * @throws UsageError for a number that its kind does not have
 */
export function withNumbers(chosen: Optimizer, flags: OptimizerNumberFlags): Optimizer {
  const given: Partial<Record<OptimizerNumber, number | boolean>> = {};
  for (const name of names) {
    const { setting, flag } = optimizerNumbers[name];
    const value = flags[setting];
    if (value === undefined) continue;
    if (!(name in chosen)) throw new UsageError(`${chosen.kind} takes no --${flag}.`);
    given[name] = value;
  }
  // Of the same kind, with each number where that kind has one.
  return { ...chosen, ...given } as Optimizer;
}

/** `sgd`, `rmsprop` or `adam`, with that optimiser's usual numbers where none are named behind it. */
export function optimizerFlag(text: string): Optimizer {
  const [kind = "", list = ""] = text.split(":", 2);
  const usual = optimizer.safeParse({ kind });
  if (!usual.success) throw new InvalidArgumentError(`${text} is none of sgd, rmsprop, adam.`);
  const given = list
    .split(",")
    .filter((part) => part !== "")
    .map((part) => numberOf(part, usual.data));
  const parsed = optimizer.safeParse({ ...usual.data, ...Object.fromEntries(given) });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidArgumentError(`${flagOf(String(issue?.path.at(-1)))}: ${issue?.message}.`);
}

/** `epsilon=0.001` */
function numberOf(part: string, of: Optimizer): readonly [OptimizerNumber, number | boolean] {
  const [flag = "", value = ""] = part.split("=");
  const own = names.filter((name) => name in of);
  const name = own.find((one) => optimizerNumbers[one].flag === flag);
  if (name === undefined) {
    const known = own.map((one) => optimizerNumbers[one].flag).join(", ");
    throw new InvalidArgumentError(`${of.kind} has no ${flag}; it has ${known}.`);
  }
  return [name, optimizerNumbers[name].parse(value)];
}

function flagOf(name: string): string {
  return names.includes(name as OptimizerNumber) ? optimizerNumbers[name as OptimizerNumber].flag : name;
}

export function yesOrNoFlag(text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes";
  throw new InvalidArgumentError(`${text} is neither yes nor no.`);
}
