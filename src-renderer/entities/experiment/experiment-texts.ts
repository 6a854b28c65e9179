/** Words of experiments of several runs. */
import { optimizer } from "../../../src-main/contract/configuration.ts";
import {
  type Change,
  type ExperimentSummary,
  type ExperimentView,
  type Factor,
  type Level,
  settingsOfFactor,
} from "../../../src-main/contract/experiment.ts";
import type { ExperimentProgress } from "../../../src-main/domain/experiments/experiment-progress.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { optimizerInWords } from "../../../src-main/domain/optimizer-words.ts";
import { type Setting, unitOf } from "../../../src-main/domain/settings/setting.ts";
import { settingOf, settings } from "../../../src-main/domain/settings/settings.ts";
import { aboutDuration, counted, percent } from "../../lib/format.ts";
import { isolated } from "../../lib/names.ts";
import { percentText } from "../../lib/typed-numbers.ts";

export const variedTexts = {
  list: "Experiments",
  one: (id: number) => `Experiment ${id}`,
  finished: ({ finished, runIds }: ExperimentView) => variedTexts.finishedOfRuns(finished, runIds.length),
  finishedOfRuns: (finished: number, runs: number): string => `${finished} of ${counted(runs, "run")} finished`,
  /** Behind the newest. */
  more: (experiments: number) => `Show more (${experiments})`,
  finishedOf: (finished: number, all: number) => `${finished} of ${all}`,
  goOn: "Resume",
  none: "–",
  /** Over a column: losses say what they are in. */
  metricTitle: ({ title, unit }: Metric) => (unit === "nats" ? `${title} (nats)` : title),
} as const;

/** `Experiment 3: 12 of 48 runs over · about 2 min left · best so far 81.2 % top-1 on 500 validation pictures: AlexNet, smoothed ε = 0.1`. */
export function experimentProgressText({ id, runs, over, secondsLeft, best }: ExperimentProgress): string {
  const parts = [
    `${variedTexts.one(id)}: ${over} of ${counted(runs, "run")} over`,
    secondsLeft === null ? null : `${aboutDuration(secondsLeft)} left`,
    best === null
      ? null
      : `best so far ${percent(best.top1)} top-1 on ${validationPictures(best.run.validation?.pictures)}: ${isolated(best.run.title)}`,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function validationPictures(pictures: number | undefined): string {
  return pictures === undefined ? "the validation pictures" : counted(pictures, "validation picture");
}

/** A varied setting over its column or before its values: percentages say so. */
export function factorSettingTitle(id: string, all: readonly Setting[] = settings): string {
  const setting = settingOf(id, all);
  if (setting?.value.kind !== "number") return setting?.title ?? id;
  const unit = unitOf(setting.value);
  return unit === undefined ? setting.title : `${setting.title}, ${unit}`;
}

/** A factor over its column: its setting, or the settings of points that were drawn. */
export function factorTitle(factor: Factor): string {
  return factorOutline({ settings: settingsOfFactor(factor), isNamed: "arms" in factor });
}

export function factorOutline({ settings: changed, isNamed }: ExperimentSummary["factors"][number]): string {
  return isNamed ? "Arm" : changed.map((setting) => factorSettingTitle(setting)).join(", ");
}

/** A level as the table shows it. */
export function levelText({ name, changes }: Level): string {
  return name ?? changes.map(changeText).join(", ");
}

function changeText({ setting: id, value }: Change): string {
  if (value === null || value === undefined) return "none";
  if (id === "optimizer") return optimizerInWords(optimizer.parse(value));
  if (typeof value === "object") return "kind" in value ? String(value.kind) : JSON.stringify(value);
  const type = settingOf(id)?.value;
  return typeof value === "number" && type?.kind === "number" && type.scale === "percent"
    ? percentText(value)
    : String(value);
}
