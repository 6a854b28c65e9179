/** Networks that are varied: which preset each brings, what is held equal, and a budget of multiply-adds or of minutes. */
import { InvalidArgumentError } from "commander";
import {
  type DrawnRange,
  type Factor,
  mostMinutes,
  type NetworkPresets,
  networkSetting,
} from "../contract/experiment.ts";
import {
  isOfNetworks,
  networksOf,
  presetSettings,
  recipeSettings,
  wholesOf,
} from "../domain/networks/network-presets.ts";
import { settings } from "../domain/settings/settings.ts";
import type { NamedArm } from "./experiment-flags.ts";
import { numberFlag } from "./flags.ts";
import { UsageError } from "./io.ts";
import { type GivenFlags, givenValue } from "./setting-flags.ts";

/** Words for several settings at once. */
const groups: Readonly<Record<string, readonly string[]>> = {
  recipe: recipeSettings().map(({ id }) => id),
  all: presetSettings().map(({ id }) => id),
};

/** Settings are named as the flags of `strata train` name them. */
export function holdFlag(text: string): readonly string[] {
  const known = presetSettings();
  return text.split(",").flatMap((name) => {
    const setting = known.find(({ flag }) => flag === name);
    if (setting) return [setting.id];
    const group = groups[name];
    if (group) return group;
    const names = [...Object.keys(groups), ...known.map(({ flag }) => flag)];
    throw new InvalidArgumentError(`${name} is none of ${names.join(", ")}.`);
  });
}

export function multiplyAddsFlag(text: string): number | "base" {
  if (text === "base") return text;
  const count = numberFlag(text);
  if (count > 0) return count;
  throw new InvalidArgumentError(`${text} is not more than 0.`);
}

export function minutesFlag(text: string): number {
  const minutes = numberFlag(text);
  if (minutes > 0 && minutes <= mostMinutes) return minutes;
  throw new InvalidArgumentError(`${text} is not more than 0 and at most ${mostMinutes}.`);
}

export interface NetworkFlags extends GivenFlags {
  /** Missing where networks are varied, and the first of them is meant. */
  readonly model?: string;
  readonly vary?: readonly Factor[];
  readonly choice?: readonly DrawnRange[];
  readonly arm?: readonly NamedArm[];
  readonly preset?: NetworkPresets["preset"];
  readonly hold?: readonly string[];
  readonly multiplyAdds?: number | "base";
  readonly minutes?: number;
  readonly augment?: boolean;
}

/** The network whose settings are held: the one that is named, else the first that is varied. Throws a UsageError. */
export function baseNetwork(flags: NetworkFlags): string {
  const id = flags.model ?? networksOf({ factors: namedFactors(flags) })[0];
  if (id === undefined)
    throw new UsageError("Name a network: --model alexnet, or several: --vary model=lenet5,alexnet.");
  return id;
}

/** Undefined where networks are not varied. What a flag names is held equal, with what is named to be. Throws a UsageError. */
export function networkPresetsOf(flags: NetworkFlags): Partial<NetworkPresets> | undefined {
  const { hold = [], multiplyAdds = null, minutes = null, preset, augment } = flags;
  if (!namedFactors(flags).some(isOfNetworks)) {
    if (flags.hold !== undefined) throw new UsageError("--hold needs --vary model.");
    if (multiplyAdds !== null) throw new UsageError("--multiply-adds needs --vary model.");
    if (minutes !== null) throw new UsageError("--minutes needs --vary model.");
    return undefined;
  }
  const given = settings.filter((setting) => setting.id !== networkSetting && givenValue(flags, setting) !== undefined);
  const named = [
    ...given.map(({ id }) => id).filter((id) => id !== "width" || multiplyAdds === null),
    ...(augment === undefined ? [] : ["flip", "cropPaddingPixels"]),
  ];
  if (minutes !== null && given.some(({ id }) => id === "epochs"))
    throw new UsageError("Name --minutes or --epochs: a number of minutes finds each network's epochs.");
  return { ...(preset && { preset }), held: [...new Set([...hold, ...wholesOf(named)])], multiplyAdds, minutes };
}

/** As far as it tells which networks they name. */
function namedFactors({ vary = [], choice = [], arm }: NetworkFlags): Factor[] {
  return [
    ...vary,
    ...choice.map((range): Factor => ({ draws: 1, seed: 1, ranges: [range], isBlocked: false })),
    ...(arm === undefined ? [] : [{ arms: [...arm], isBlocked: false }]),
  ];
}
