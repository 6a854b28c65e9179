/** `--vary smoothing=0,0.1` and `--seeds 1,2,3`. Settings are named as the flags of `strata train` name them. */
import { InvalidArgumentError } from "commander";
import type { SweepSetting, SweepVariation } from "../contract/sweep.ts";
import { numberFlag, numberOrNoneFlag, scheduleFlag, wholeFlag } from "./flags.ts";
import { optimizerFlag, optimizerNumbers, yesOrNoFlag } from "./optimizer-flags.ts";

type Values = SweepVariation["values"];

const word = (text: string) => text;
const numberOrNull = (text: string) => (text === "none" ? null : numberOrNoneFlag(text));
const settings: Readonly<
  Record<string, { readonly setting: SweepSetting; readonly value: (text: string) => Values[number] }>
> = {
  model: { setting: "model", value: word },
  input: { setting: "inputPixels", value: wholeFlag },
  width: { setting: "width", value: numberFlag },
  epochs: { setting: "epochs", value: wholeFlag },
  batch: { setting: "batchSize", value: wholeFlag },
  optimizer: { setting: "optimizer", value: optimizerFlag },
  ...Object.fromEntries(
    Object.values(optimizerNumbers).map(({ flag, setting, parse }) => [flag, { setting, value: parse }] as const),
  ),
  "learning-rate": { setting: "learningRate", value: numberFlag },
  schedule: { setting: "schedule", value: scheduleFlag },
  "weight-decay": { setting: "weightDecay", value: numberFlag },
  "weight-decay-kind": { setting: "weightDecayKind", value: word },
  smoothing: { setting: "smoothing", value: numberFlag },
  "label-noise": { setting: "labelNoise", value: numberFlag },
  dropout: { setting: "dropout", value: numberOrNull },
  "auxiliary-weight": { setting: "auxiliaryWeight", value: numberOrNull },
  "clip-norm": { setting: "clipNorm", value: numberOrNull },
  "average-decay": { setting: "averageDecay", value: numberOrNull },
  precision: { setting: "precision", value: word },
  flip: { setting: "flip", value: yesOrNoFlag },
  "crop-padding": { setting: "cropPaddingPixels", value: wholeFlag },
};

/** What parts the values: a comma, but for a schedule, which has commas of its own, and a comma before a number of an optimiser, `adam:beta1=0.8,beta2=0.9`. */
const separators: Readonly<Record<string, string | RegExp>> = { schedule: ";", optimizer: /[,;](?![a-z0-9-]+=)/ };

export function varyFlag(text: string, before: readonly SweepVariation[]): readonly SweepVariation[] {
  const [name = "", ...rest] = text.split("=");
  const known = settings[name];
  if (!known) throw new InvalidArgumentError(`${name} is none of ${Object.keys(settings).join(", ")}.`);
  const values = rest
    .join("=")
    .split(separators[name] ?? ",")
    .filter((value) => value !== "");
  if (values.length === 0) throw new InvalidArgumentError(`${name} needs values, as in ${name}=…,….`);
  return [...before, { setting: known.setting, values: values.map((value) => known.value(value)) }];
}

export function seedsFlag(text: string): readonly number[] {
  return text.split(",").map(wholeFlag);
}
