/** What networks of an experiment train with, in words. */
import { optimizer } from "../../contract/configuration.ts";
import { changeInWords } from "../experiments/experiment-plan.ts";
import { optimizerInWords } from "../optimizer-words.ts";
import { lowerFirst } from "../settings/setting.ts";
import { settingOf, settingTitle } from "../settings/settings.ts";
import type { NetworkTable, SettingSource } from "./network-presets.ts";

/** Lists of settings, each in the words of a sentence; empty where nothing is so. */
export interface NetworkSources {
  /** Networks differ in them, by their presets. */
  readonly own: string;
  /** With their values. */
  readonly held: string;
  readonly varied: string;
}

export function networkSources({ settings, networks }: NetworkTable): NetworkSources {
  const of = (source: SettingSource) => settings.filter((one) => one.source === source);
  const titles = (all: NetworkTable["settings"]) =>
    all.map(({ setting }) => lowerFirst(settingTitle(setting))).join(", ");
  return {
    own: titles(of("own").filter(({ isDifferent }) => isDifferent)),
    held: of("held")
      .map(({ setting }) => changeInWords({ setting, value: networks[0]?.values[setting] }))
      .join(", "),
    varied: titles(of("varied")),
  };
}

/** What the table has columns of: all that networks differ in. */
export function networkColumns({ settings }: NetworkTable): NetworkTable["settings"] {
  return settings.filter(({ isDifferent, source }) => isDifferent || source === "budget" || source === "minutes");
}

/** A value in its column. */
export function networkValueInWords(id: string, value: unknown): string {
  const type = settingOf(id)?.value;
  if (value === null) return (type && "empty" in type && type.empty) || "none";
  if (id === "optimizer") return optimizerInWords(optimizer.parse(value));
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "object" ? Object.values(value ?? {}).join(" ") : String(value);
}
