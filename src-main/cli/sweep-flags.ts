/** `--vary smoothing=0,0.1` and `--seeds 1,2,3`. Settings are named as the flags of `strata train` name them. */
import { InvalidArgumentError } from "commander";
import type { SweepVariation } from "../contract/sweep.ts";
import type { Setting } from "../domain/settings/setting.ts";
import { settings, variedSettings } from "../domain/settings/settings.ts";
import { wholeFlag } from "./flags.ts";
import { settingParser } from "./setting-flags.ts";

/** What parts the values: a comma, but for a schedule, which has commas of its own, and a comma before a number of an optimiser, `adam:beta1=0.8,beta2=0.9`. */
const separators: Readonly<Record<string, string | RegExp>> = { schedule: ";", optimizer: /[,;](?![a-z0-9-]+=)/ };

export function varyFlag(
  text: string,
  before: readonly SweepVariation[],
  all: readonly Setting[] = settings,
): readonly SweepVariation[] {
  const [name = "", ...rest] = text.split("=");
  const known = variedSettings(all);
  const setting = known.find(({ flag }) => flag === name);
  if (!setting) throw new InvalidArgumentError(`${name} is none of ${known.map(({ flag }) => flag).join(", ")}.`);
  const texts = rest
    .join("=")
    .split(separators[name] ?? ",")
    .filter((value) => value !== "");
  if (texts.length === 0) throw new InvalidArgumentError(`${name} needs values, as in ${name}=…,….`);
  const parse = settingParser(setting);
  const values = texts.map((value) => (value === "none" ? null : parse(value)));
  // What a flag is read as is JSON.
  return [...before, { setting: setting.id, values: values as SweepVariation["values"] }];
}

export function seedsFlag(text: string): readonly number[] {
  return text.split(",").map(wholeFlag);
}
