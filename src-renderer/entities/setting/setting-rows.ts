/** Every setting of a run in words, and the words for a setting's path where two runs differ. */
import type { RunConfiguration } from "../../../src-main/contract/configuration.ts";
import { parseNoiseMatrix } from "../../../src-main/contract/noise-matrix.ts";
import { optimizerInWords } from "../../../src-main/domain/optimizer-words.ts";
import { type Setting, settingValue } from "../../../src-main/domain/settings/setting.ts";
import { optionTitle, type SettingId, settings, wholeSettings } from "../../../src-main/domain/settings/settings.ts";
import { splitInName } from "../../../src-main/domain/splits/words.ts";
import { counted, plain } from "../../lib/format.ts";

export interface SettingRow {
  /** Path in the configuration, e.g. `training.smoothing`. */
  readonly path: string;
  readonly label: string;
  readonly value: string;
}

const share = (value: number): string => `${plain(Number((value * 100).toPrecision(6)))} %`;

function scheduleText({ schedule }: RunConfiguration["training"]): string {
  const name = optionTitle("schedule", schedule.kind);
  switch (schedule.kind) {
    case "constant":
      return name;
    case "cosine":
      return schedule.warmupShare > 0 ? `${name}, ${share(schedule.warmupShare)} warm-up` : name;
    case "plateau":
      return `${name}, × ${plain(schedule.factor)} after ${counted(schedule.patienceEpochs, "epoch")} without gain`;
    default:
      return `${name}, × ${plain(schedule.factor)} every ${plain(schedule.everyEpochs)} epochs`;
  }
}

function datasetText(source: RunConfiguration["dataset"]): string {
  const place =
    source.kind === "folder"
      ? source.path
      : `Drawn, ${source.pictures} pictures at ${source.pixels} px, seed ${source.seed}`;
  return source.split?.kind === "anew" ? `${place}, ${splitInName(source.split)}` : place;
}

function augmentationText({ augmentation }: RunConfiguration["training"]): string {
  const parts = [
    augmentation.flip ? "flip" : "",
    augmentation.cropPaddingPixels > 0 ? `crop from ${augmentation.cropPaddingPixels} px around` : "",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "none";
}

function initialWeightsText(from: RunConfiguration["initialWeights"]): string {
  if (from === undefined) return "random";
  return from.frozenThrough === null ? from.path : `${from.path}, frozen through ${from.frozenThrough}`;
}

const mostChangesTold = 4;

function noiseMatrixText(matrix: string | null): string {
  const parsed = matrix === null ? null : parseNoiseMatrix(matrix);
  if (parsed === null || parsed.problem !== null) return "none";
  const told = parsed.cells.slice(0, mostChangesTold).map((cell) => `${cell.from} → ${cell.to} ${share(cell.share)}`);
  const more = parsed.cells.length - told.length;
  return more > 0 ? `${told.join(", ")} and ${more} more` : told.join(", ");
}

/** Settings whose words are more than their value. */
const ownWords: Readonly<Partial<Record<SettingId, (configuration: RunConfiguration) => string>>> = {
  dataset: ({ dataset }) => datasetText(dataset),
  model: ({ model }) => model.id,
  noiseMatrix: ({ training }) => noiseMatrixText(training.noiseMatrix),
  // The usual numbers, too: what a run's optimiser was is said whole.
  optimizer: ({ training }) => optimizerInWords(training.optimizer, "numbers"),
  schedule: ({ training }) => scheduleText(training),
  earlyStopping: ({ training: { earlyStopping } }) =>
    earlyStopping === null ? "off" : `after ${counted(earlyStopping.patienceEpochs, "epoch")} without gain`,
  monitor: ({ training: { monitor } }) =>
    `${optionTitle("monitor", monitor.metric)}, ${optionTitle("monitorSplit", monitor.split)}`,
  augmentation: ({ training }) => augmentationText(training),
  seed: ({ seed }) => String(seed),
  initialWeights: ({ initialWeights }) => initialWeightsText(initialWeights),
};

/** A value of a setting in words: with its unit, or what none of it means. */
export function valueText({ value: type }: Setting, value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (type.kind === "option") return type.options[String(value)] ?? String(value);
  if (type.kind !== "number") return String(value);
  if (typeof value !== "number") return type.empty ?? "none";
  if (type.scale === "percent") return share(value);
  return type.unit === undefined ? plain(value) : `${plain(value)} ${type.unit}`;
}

/** Settings as columns and rows show them, each with its value in words. */
export function settingKindsOf(all: readonly Setting[] = settings) {
  return wholeSettings(all).map((setting) => ({
    path: setting.path,
    label: setting.title,
    about: setting.about,
    say:
      // An id that no words are told of finds none.
      ownWords[setting.id as SettingId] ??
      ((configuration: RunConfiguration) => valueText(setting, settingValue(configuration, setting))),
  }));
}
export const settingKinds = settingKindsOf();

export function settingRows(configuration: RunConfiguration, kinds = settingKinds): SettingRow[] {
  return kinds.map(({ path, label, say }) => ({ path, label, value: say(configuration) }));
}

/** The row of settings that a path of the configuration lies in, e.g. `training.optimizer.momentum` in the optimiser's; null for none. */
export function settingRowOf(path: string, kinds = settingKinds): string | null {
  return (
    kinds.find((row) => path === row.path || path.startsWith(`${row.path}.`) || row.path.startsWith(`${path}.`))
      ?.path ?? null
  );
}
