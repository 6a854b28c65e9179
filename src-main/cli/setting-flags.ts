/** Settings as flags of the command line, made of the table of settings: their help, how their words are read, and where their values go. */
import { type Command, Option } from "commander";
import { lowerFirst, type Setting, settingValue, withSetting, withValueAt } from "../domain/settings/setting.ts";
import { settingOf, settings } from "../domain/settings/settings.ts";
import { numberFlag, numberOrNoneFlag, scheduleFlag, wholeFlag, yesOrNoFlag } from "./flags.ts";
import { UsageError } from "./io.ts";
import { noiseMatrixFlag } from "./noise-matrix-flag.ts";
import { optimizerFlag } from "./optimizer-flags.ts";

/** Flags as commander gives them, by their names in camel case. */
export type GivenFlags = Readonly<Record<string, unknown>>;

/** Settings with parts that the command line writes behind their kind, as one word. */
const words: Readonly<Record<string, { readonly parse: (text: string) => unknown; readonly example: string }>> = {
  optimizer: {
    parse: optimizerFlag,
    example: "sgd, rmsprop or adam; with numbers that are not the usual ones, rmsprop:epsilon=0.001,momentum=0.5",
  },
  noiseMatrix: {
    parse: noiseMatrixFlag,
    example: "CSV with lines of class, class that it becomes, share, or with a column for each class; or JSON",
  },
  schedule: { parse: scheduleFlag, example: "constant, step:30,0.1, exponential:2,0.94, plateau:3,0.1 or cosine:0.1" },
};

/** One value of a setting, as a flag has it; `none` stays a word, since commander takes null for a flag that was not given. */
export function settingParser({ id, value }: Setting): (text: string) => unknown {
  const own = words[id];
  if (own) return own.parse;
  if (value.kind === "yes-or-no") return yesOrNoFlag;
  if (value.kind === "number")
    return value.empty !== undefined ? numberOrNoneFlag : value.isWhole ? wholeFlag : numberFlag;
  return value.kind === "option" && value.isNumeric ? numberFlag : (text) => text;
}

/** Adds the flag of a setting with the help that its row has. */
export function addSettingFlag(command: Command, setting: Setting): void {
  const { id, flag, placeholder, value } = setting;
  const help = helpOf(setting);
  if (value.kind === "yes-or-no") {
    command.option(`--${flag}`, help).option(`--no-${flag}`, `turns --${flag} off`);
    return;
  }
  const option = new Option(`--${flag} ${placeholder ?? "<value>"}`, help);
  const isChosen = value.kind === "option" && !value.isNumeric && !(id in words);
  command.addOption(isChosen ? option.choices(Object.keys(value.options)) : option.argParser(settingParser(setting)));
}

/** What `--help` says of a setting. */
export function helpOf({ id, about, of, value, pair }: Setting): string {
  const parts = [lowerFirst(about)];
  if (id in words) parts.push(words[id]!.example);
  if (of !== undefined && of.kinds === undefined) parts.push(`with --${settingOf(of.id)?.flag}`);
  if ((value.kind === "number" || value.kind === "text") && value.empty !== undefined)
    parts.push(`none: ${value.empty}`);
  if (pair) parts.push(`in a pair over it, arm B's value (${pair[1]})`);
  return parts.join("; ");
}

/** The word `none` is null, which leaves a setting empty, but where it is one of the setting's own values. */
export function isEmptied({ value }: Setting, given: unknown): boolean {
  return given === "none" && !(value.kind === "option" && "none" in value.options);
}

/** What was given for a setting; undefined where it was not. */
export function givenValue(flags: GivenFlags, { flag }: Setting): unknown {
  return flag === undefined ? undefined : flags[camelCase(flag)];
}

/**
 * The configuration with every setting that was given; whether values are in range is for the request's schema to say.
 * @throws UsageError for a flag without what it belongs to, such as a number that an optimiser of this kind does not have
 */
export function withFlags(configuration: unknown, flags: GivenFlags, all: readonly Setting[] = settings): unknown {
  let whole = configuration;
  for (const setting of all) {
    const given = givenValue(flags, setting);
    if (given === undefined || setting.value.kind === "own") continue;
    checkOwner(whole, setting, all);
    if (setting.id in words) whole = withValueAt(whole, setting.path, given);
    else whole = withSetting(whole, setting, isEmptied(setting, given) ? null : given);
  }
  return whole;
}

/** Owners stand before their parts in the table, so that they are in their places by now. */
function checkOwner(configuration: unknown, { of, flag }: Setting, all: readonly Setting[]): void {
  const owner = of && settingOf(of.id, all);
  if (!owner) return;
  const kind = settingValue(configuration, owner);
  if (of.kinds === undefined && (kind === null || kind === undefined))
    throw new UsageError(`--${flag} needs --${owner.flag}.`);
  if (of.kinds === undefined || of.kinds.includes(String(kind))) return;
  if (kind === undefined) throw new UsageError(`--${flag} needs --${owner.flag} ${of.kinds.join(" or ")}.`);
  throw new UsageError(`${kind} takes no --${flag}.`);
}

/** `learning-rate` → `learningRate` */
export function camelCase(flag: string): string {
  return flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
