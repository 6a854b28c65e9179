/** Every setting of a run with its value, as a report lists them. Where pictures and files lie is no part of it. */
import type { RunConfiguration } from "../../contract/configuration.ts";
import { optimizerInWords } from "../optimizer-words.ts";
import { roundedPercent } from "../rounding.ts";
import { type Setting, settingValue, unitOf } from "../settings/setting.ts";
import { settings } from "../settings/settings.ts";
import type { MarkupFact } from "./markup.ts";

/** Told otherwise, or by the rows of their parts. */
const left: ReadonlySet<string> = new Set(["dataset", "initialWeights", "augmentation"]);

export function settingFacts(configuration: RunConfiguration): readonly MarkupFact[] {
  const all: readonly Setting[] = settings;
  return [
    ...all.flatMap((setting) => {
      const value = left.has(setting.id) ? undefined : settingValue(configuration, setting);
      return value === undefined ? [] : [{ title: setting.title, value: valueInWords(setting, value, configuration) }];
    }),
    { title: "Initial weights", value: initialWeightsInWords(configuration) },
  ];
}

function valueInWords({ id, value: type }: Setting, value: unknown, { training }: RunConfiguration): string {
  if (id === "optimizer") return optimizerInWords(training.optimizer, "numbers");
  if (value === null) return ("empty" in type ? type.empty : undefined) ?? "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (type.kind === "option") return type.options[String(value)] ?? String(value);
  if (type.kind === "number" && type.scale === "percent") return `${roundedPercent(Number(value), 1)} %`;
  const text = typeof value === "object" ? partsInWords(value) : String(value);
  const unit = unitOf(type);
  return unit === undefined ? text : `${text} ${unit}`;
}

function partsInWords(value: object): string {
  return Object.entries(value)
    .map(([key, part]) => `${key} ${String(part)}`)
    .join(", ");
}

function initialWeightsInWords({ initialWeights: from }: RunConfiguration): string {
  if (from === undefined) return "random, by the seed";
  const frozen = from.frozenThrough === null ? "" : `, frozen through ${from.frozenThrough}`;
  return `a file with SHA-256 ${from.sha256.slice(0, 12)}…${frozen}`;
}
