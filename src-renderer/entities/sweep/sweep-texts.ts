/** Words of sweeps. */
import { optimizer } from "../../../src-main/contract/configuration.ts";
import type { SplitName } from "../../../src-main/contract/dataset.ts";
import type { SweepEstimate, SweepSetting, SweepValue, SweepView } from "../../../src-main/contract/sweep.ts";
import { optimizerInWords } from "../../../src-main/domain/optimizer-words.ts";
import { aboutDuration, counted, decimal, percent } from "../../lib/format.ts";
import { splitTexts } from "../run/run-texts.ts";

export const sweepSettingTexts: Readonly<Record<SweepSetting, string>> = {
  model: "Network",
  inputPixels: "Input",
  width: "Width",
  epochs: "Epochs",
  batchSize: "Batch",
  optimizer: "Optimiser",
  momentum: "Momentum",
  nesterov: "Nesterov momentum",
  squareDecay: "Decay of squares",
  beta1: "β₁",
  beta2: "β₂",
  epsilon: "Optimiser’s ε",
  initialMeanSquare: "Mean square begins at",
  learningRate: "Learning rate",
  schedule: "Schedule",
  weightDecay: "Weight decay",
  weightDecayKind: "Weight decay acts",
  smoothing: "Smoothing ε",
  labelNoise: "Wrong labels, %",
  dropout: "Dropout",
  auxiliaryWeight: "Auxiliary loss",
  clipNorm: "Gradient clipped at",
  averageDecay: "Average of weights",
  precision: "Precision",
  flip: "Flip",
  cropPaddingPixels: "Crop padding, px",
};

export const sweepTexts = {
  title: "Vary over several runs",
  add: "Vary a setting",
  remove: (setting: string) => `Do not vary ${setting.toLowerCase()}`,
  setting: (place: number) => `Setting ${place}`,
  values: (setting: string) => `Values of ${setting.toLowerCase()}`,
  placeholder: "0, 0.1",
  seeds: "Seeds",
  seedsPlaceholder: "1, 2, 3",
  hint: "Every combination is trained, one after another, with every seed.",
  notYet: "Some values need a look.",
  noValues: "Give values, parted by commas.",
  wrongValue: (value: string) => `${value} is not a value of this setting.`,
  valueProblem: (value: string, problem: string) => `${value}: ${problem}`,
  repeated: "Give each value once.",
  twice: "This setting is varied twice.",
  wrongSeeds: "Seeds are whole numbers, each given once.",
  tooMany: (runs: number, most: number) => `${runs} runs are too many: ${most} at most.`,
  plan: (runs: number, estimate: SweepEstimate | null) => {
    const all = counted(runs, "run");
    if (estimate === null) return all;
    return estimate.seconds === null
      ? `${all}; how long is not known yet`
      : `${all}, ${aboutDuration(estimate.seconds)}`;
  },
  train: (runs: number) => `Train ${counted(runs, "run")}`,
  queue: (runs: number) => `Queue ${counted(runs, "run")}`,
  list: "Sweeps",
  one: (id: number) => `Sweep ${id}`,
  finished: ({ finished, runIds }: SweepView) => `${finished} of ${counted(runIds.length, "run")} finished`,
  over: ({ request }: SweepView) =>
    request.seeds.length > 1
      ? `Mean over each row’s finished runs, of ${request.seeds.length} seeds, from lowest to highest. Choose by validation; test stands apart.`
      : "One seed each: another seed may order the rows otherwise. Choose by validation; test stands apart.",
  runs: "Runs",
  finishedColumn: "Finished",
  finishedOf: (finished: number, all: number) => `${finished} of ${all}`,
  top1: (split: SplitName) => `Top-1, ${splitTexts[split]}`,
  hardLoss: (split: SplitName) => `Hard loss, ${splitTexts[split]}`,
  goOn: "Resume",
  none: "–",
  top1Of: (fraction: number | null) => percent(fraction),
  lossOf: (value: number | null) => decimal(value, 3),
} as const;

/** A value as the table shows it. */
export function sweepValueText({ setting, value }: SweepValue): string {
  if (setting === "optimizer") return value === undefined ? "none" : optimizerInWords(optimizer.parse(value));
  if (typeof value === "object" && value !== null) return "kind" in value ? String(value.kind) : JSON.stringify(value);
  if (typeof value === "number" && setting === "labelNoise") return String(Number((value * 100).toPrecision(6)));
  return value === null || value === undefined ? "none" : String(value);
}
