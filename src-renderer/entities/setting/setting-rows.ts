/** Every setting of a run in words, and the words for a setting's path where two runs differ. */
import type { RunConfiguration } from "../../../src-main/contract/configuration.ts";
import { optimizerInWords } from "../../../src-main/domain/optimizer-words.ts";
import { type NamedSetting, settingTitle } from "../../../src-main/domain/setting-names.ts";
import { counted, plain } from "../../lib/format.ts";
import { scheduleTexts } from "../run/run-texts.ts";

export interface SettingRow {
  /** Path in the configuration, e.g. `training.smoothing`. */
  readonly path: string;
  readonly label: string;
  readonly value: string;
}

/** The usual ones, too: what a run's optimiser was is said whole. */
const optimizerNumbersSaid = ["momentum", "decay", "beta1", "beta2", "epsilon", "initialMeanSquare"] as const;

const share = (value: number): string => `${plain(Number((value * 100).toPrecision(6)))} %`;
const orTable = (value: number | null): string => (value === null ? "as in the table" : plain(value));

function scheduleText({ schedule }: RunConfiguration["training"]): string {
  const name = scheduleTexts[schedule.kind];
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
  return source.kind === "folder"
    ? source.path
    : `Drawn, ${source.pictures} pictures at ${source.pixels} px, seed ${source.seed}`;
}

function augmentationText({ augmentation }: RunConfiguration["training"]): string {
  const parts = [
    augmentation.flip ? "flip" : "",
    augmentation.cropPaddingPixels > 0 ? `crop from ${augmentation.cropPaddingPixels} px around` : "",
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "none";
}

function initialWeightsText(from: RunConfiguration["initialWeights"]): string {
  if (from === undefined) return "the seed";
  return from.frozenThrough === null ? from.path : `${from.path}, frozen through ${from.frozenThrough}`;
}

/** Each setting's value in words, in the order in which they are shown. */
const settingWords: readonly {
  readonly path: NamedSetting;
  readonly say: (configuration: RunConfiguration) => string;
}[] = [
  { path: "dataset", say: ({ dataset }) => datasetText(dataset) },
  { path: "model.id", say: ({ model }) => model.id },
  { path: "model.inputPixels", say: ({ model }) => `${model.inputPixels} px` },
  { path: "model.width", say: ({ model }) => plain(model.width) },
  { path: "training.smoothing", say: ({ training }) => plain(training.smoothing) },
  { path: "training.labelNoise", say: ({ training }) => share(training.labelNoise) },
  { path: "training.epochs", say: ({ training }) => plain(training.epochs) },
  { path: "training.batchSize", say: ({ training }) => plain(training.batchSize) },
  { path: "training.optimizer", say: ({ training }) => optimizerInWords(training.optimizer, optimizerNumbersSaid) },
  { path: "training.learningRate", say: ({ training }) => plain(training.learningRate) },
  { path: "training.schedule", say: ({ training }) => scheduleText(training) },
  {
    path: "training.earlyStopping",
    say: ({ training: { earlyStopping } }) =>
      earlyStopping === null ? "no" : `after ${counted(earlyStopping.patienceEpochs, "epoch")} without gain`,
  },
  { path: "training.weightDecay", say: ({ training }) => plain(training.weightDecay) },
  {
    path: "training.weightDecayKind",
    say: ({ training }) => (training.weightDecayKind === "l2" ? "in the objective" : "beside the optimiser"),
  },
  {
    path: "training.averageDecay",
    say: ({ training }) => (training.averageDecay === null ? "none" : `decay ${plain(training.averageDecay)}`),
  },
  { path: "training.precision", say: ({ training }) => training.precision },
  {
    path: "training.clipNorm",
    say: ({ training }) => (training.clipNorm === null ? "not clipped" : plain(training.clipNorm)),
  },
  { path: "training.dropout", say: ({ training }) => orTable(training.dropout) },
  {
    path: "training.auxiliaryWeight",
    say: ({ training }) => orTable(training.auxiliaryWeight),
  },
  { path: "training.augmentation", say: ({ training }) => augmentationText(training) },
  { path: "seed", say: ({ seed }) => String(seed) },
  { path: "initialWeights", say: ({ initialWeights }) => initialWeightsText(initialWeights) },
];
export const settingKinds = settingWords.map((setting) => ({ ...setting, label: settingTitle(setting.path) }));

export function settingRows(configuration: RunConfiguration): SettingRow[] {
  return settingKinds.map(({ path, label, say }) => ({ path, label, value: say(configuration) }));
}

/** The row of settings that a path of the configuration lies in, e.g. `training.optimizer.momentum` in the optimiser's; null for none. */
export function settingRowOf(path: string): string | null {
  return (
    settingKinds.find((row) => path === row.path || path.startsWith(`${row.path}.`) || row.path.startsWith(`${path}.`))
      ?.path ?? null
  );
}
