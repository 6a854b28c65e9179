/** `--vary smoothing=0,0.1` and `--seeds 1,2,3`. Settings are named as the flags of `strata train` name them. */
import { InvalidArgumentError } from "commander";
import type { SweepSetting, SweepVariation } from "../contract/sweep.ts";
import { numberFlag, numberOrNoneFlag, optimizerFlag, scheduleFlag, wholeFlag } from "./flags.ts";

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
  momentum: { setting: "momentum", value: numberFlag },
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
  flip: { setting: "flip", value: yesOrNo },
  "crop-padding": { setting: "cropPaddingPixels", value: wholeFlag },
};

/** Commas part the values; semicolons those of a schedule, which has commas of its own. */
export function varyFlag(text: string, before: readonly SweepVariation[]): readonly SweepVariation[] {
  const [name = "", ...rest] = text.split("=");
  const known = settings[name];
  if (!known) throw new InvalidArgumentError(`${name} is none of ${Object.keys(settings).join(", ")}.`);
  const values = rest
    .join("=")
    .split(name === "schedule" ? ";" : ",")
    .filter((value) => value !== "");
  if (values.length === 0) throw new InvalidArgumentError(`${name} needs values, as in ${name}=…,….`);
  return [...before, { setting: known.setting, values: values.map((value) => known.value(value)) }];
}

export function seedsFlag(text: string): readonly number[] {
  return text.split(",").map(wholeFlag);
}

function yesOrNo(text: string): boolean {
  if (text === "yes" || text === "no") return text === "yes";
  throw new InvalidArgumentError(`${text} is neither yes nor no.`);
}
