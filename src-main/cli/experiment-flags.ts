/**
 * What makes several runs of one: `--pair smoothing`, `--vary learning-rate=0.1,0.01`, `--random 20 --range dropout=0..0.5`, `--arm "no decay: weight-decay=0"`
 * and `--seeds 1,2,3`.
 */
import { InvalidArgumentError } from "commander";
import { type DrawnRange, type Factor, type Halving, networkSetting } from "../contract/experiment.ts";
import type { Setting } from "../domain/settings/setting.ts";
import { settings, variedSettings } from "../domain/settings/settings.ts";
import { modelList } from "../engine/models/model-list.ts";
import { numberFlag, wholeFlag } from "./flags.ts";
import { isEmptied, settingParser } from "./setting-flags.ts";

/** What parts the values: a comma, but for a schedule, which has commas of its own, and a comma before a number of an optimiser, `adam:beta1=0.8,beta2=0.9`. */
const separators: Readonly<Record<string, string | RegExp>> = { schedule: ";", optimizer: /[,;](?![a-z0-9-]+=)/ };

type SettingFactor = Extract<Factor, { readonly setting: string }>;
export type NamedArm = Extract<Factor, { readonly arms: unknown }>["arms"][number];

/** Settings are named as the flags of `strata train` name them. */
function settingNamed(name: string, all: readonly Setting[]): Setting {
  const known = variedSettings(all);
  const setting = known.find(({ flag }) => flag === name);
  if (!setting) throw new InvalidArgumentError(`${name} is none of ${known.map(({ flag }) => flag).join(", ")}.`);
  return setting;
}

function valuesOf(setting: Setting, texts: readonly string[]): SettingFactor["values"] {
  const parse = settingParser(setting);
  // What a flag is read as is JSON.
  return texts.map((value) => (isEmptied(setting, value) ? null : parse(value))) as SettingFactor["values"];
}

export function varyFlag(
  text: string,
  before: readonly SettingFactor[] = [],
  all: readonly Setting[] = settings,
): readonly SettingFactor[] {
  const [name = "", ...rest] = text.split("=");
  const setting = settingNamed(name, all);
  const texts = rest
    .join("=")
    .split(separators[name] ?? ",")
    .filter((value) => value !== "");
  if (texts.length === 0) throw new InvalidArgumentError(`${name} needs values, as in ${name}=…,….`);
  if (setting.id === networkSetting && texts.length === 1 && texts[0] === "all")
    texts.splice(0, 1, ...modelList().map(({ id }) => id));
  return [...before, { setting: setting.id, values: valuesOf(setting, texts), isBlocked: false }];
}

/** `no decay: weight-decay=0; smoothing=0.1`, or a name alone for the base as it is. */
export function armFlag(
  text: string,
  before: readonly NamedArm[] = [],
  all: readonly Setting[] = settings,
): readonly NamedArm[] {
  const at = text.indexOf(":");
  const name = (at < 0 ? text : text.slice(0, at)).trim();
  if (name === "") throw new InvalidArgumentError("an arm needs a name, as in no decay: weight-decay=0.");
  const changes = (at < 0 ? "" : text.slice(at + 1))
    .split(";")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const [flag = "", ...rest] = part.split("=");
      const setting = settingNamed(flag.trim(), all);
      const [value] = valuesOf(setting, [rest.join("=").trim()]);
      return { setting: setting.id, value: value ?? null };
    });
  return [...before, { name, changes }];
}

export function seedsFlag(text: string): readonly number[] {
  return text.split(",").map(wholeFlag);
}

/** `learning-rate=1e-4..1e-1:log`, `dropout=0..0.5` */
export function rangeFlag(
  text: string,
  before: readonly DrawnRange[] = [],
  all: readonly Setting[] = settings,
): readonly DrawnRange[] {
  const [, name = "", from, to, scale] = /^([^=]*)=([^:]+?)\.\.([^:]+?)(?::(.*))?$/.exec(text) ?? [];
  if (from === undefined || to === undefined)
    throw new InvalidArgumentError(`${text} is no range, as learning-rate=1e-4..1e-1:log or dropout=0..0.5 is.`);
  if (scale !== undefined && scale !== "log") throw new InvalidArgumentError(`${scale} is not log.`);
  const setting = settingNamed(name, all).id;
  return [...before, { kind: scale ?? "uniform", setting, from: numberFlag(from), to: numberFlag(to) }];
}

/** `optimizer=sgd,adam`, as what is varied has its values. */
export function choiceFlag(
  text: string,
  before: readonly DrawnRange[] = [],
  all: readonly Setting[] = settings,
): readonly DrawnRange[] {
  const [{ setting, values } = { setting: "", values: [] }] = varyFlag(text, [], all);
  return [...before, { kind: "choice", setting, values }];
}

/** `least=1,eta=3,metric=top1`, of which any may be left out, or `usual`. */
export function halvingFlag(text: string): Halving {
  const given = new Map(
    (text === "usual" ? [] : text.split(",")).map((part) => {
      const [name = "", value = ""] = part.split("=");
      if (!["least", "eta", "metric"].includes(name) || value === "")
        throw new InvalidArgumentError(`${part} is none of least=…, eta=…, metric=….`);
      return [name, value] as const;
    }),
  );
  const atLeast = (name: string, usual: string, fewest: number): number => {
    const number = wholeFlag(given.get(name) ?? usual);
    if (number < fewest) throw new InvalidArgumentError(`${name} is ${fewest} or more.`);
    return number;
  };
  const metric = given.get("metric");
  return {
    leastEpochs: atLeast("least", "1", 1),
    factor: atLeast("eta", "3", 2),
    ...(metric === undefined ? {} : { metric }),
  };
}
