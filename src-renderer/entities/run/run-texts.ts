/** Words for what a run is, and why it ended. */
import type { Optimizer, PairSetting } from "../../../src-main/contract/configuration.ts";
import type { SplitName } from "../../../src-main/contract/dataset.ts";
import { type ArmName, type EndReason, runStateTitles } from "../../../src-main/contract/run.ts";
import { optimizerInWords } from "../../../src-main/domain/optimizer-words.ts";
import { percent, plain } from "../../lib/format.ts";

export const runStateTexts = runStateTitles;

export const endReasonTexts: Readonly<Record<EndReason, string>> = {
  completed: "Every epoch was trained.",
  "stopped-early": "Stopped early: the validation pictures gained nothing more.",
  paused: "Paused. It goes on from this very step.",
  "stopped-by-person": "Stopped by hand. Everything up to then is kept.",
  "not-finite": "The loss stopped being a finite number.",
  "engine-closed": "Strata was closed. Everything up to then is kept.",
  "engine-died": "Strata ended while this was training. Everything up to its last point is kept.",
  "process-died": "The training process ended on its own. Everything up to its last point is kept.",
  error: "It could not go on.",
};

export const splitTexts: Readonly<Record<SplitName, string>> = {
  train: "training",
  validation: "validation",
  test: "test",
};

/** `SGD, momentum 0.9` and its like. */
export function optimizerText(optimizer: Optimizer): string {
  return optimizerInWords(optimizer, ["momentum"]);
}

function smoothingName(epsilon: number): string {
  return epsilon === 0 ? "One-hot" : `Smoothed ε\u00a0${plain(epsilon)}`;
}

/** What each arm of a pair is called: by its value of the one setting that differs. */
export function armNames(pair: PairSetting): readonly [string, string] {
  switch (pair.setting) {
    case "smoothing":
      return [smoothingName(pair.values[0]), smoothingName(pair.values[1])];
    case "weightDecay":
      return [`Decay ${plain(pair.values[0])}`, `Decay ${plain(pair.values[1])}`];
    case "labelNoise":
      return [`${percent(pair.values[0], 0)} wrong labels`, `${percent(pair.values[1], 0)} wrong labels`];
    case "optimizer":
      return [optimizerText(pair.values[0]), optimizerText(pair.values[1])];
  }
}

/** The arm's name where there is a pair; else null. */
export function armName(pair: PairSetting | null, arm: ArmName | null): string | null {
  if (pair === null || arm === null) return null;
  return armNames(pair)[arm === "A" ? 0 : 1];
}
