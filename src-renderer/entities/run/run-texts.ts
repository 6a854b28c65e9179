/** Words for what a run is, and why it ended. */
import { type Optimizer, optimizer } from "../../../src-main/contract/configuration.ts";
import type { SplitName } from "../../../src-main/contract/dataset.ts";
import type { Change, Level } from "../../../src-main/contract/experiment.ts";
import { type EndReason, type RunView, runStateTitles } from "../../../src-main/contract/run.ts";
import { changeInWords, levelsOf } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { optimizerInWords } from "../../../src-main/domain/optimizer-words.ts";
import { percent, plain } from "../../lib/format.ts";

export const runStateTexts = runStateTitles;

export const endReasonTexts: Readonly<Record<EndReason, string>> = {
  completed: "Every epoch was trained.",
  "stopped-early": "Stopped early: the validation pictures gained nothing more.",
  paused: "Paused. It goes on from this very step.",
  halved: "Stopped by its search: others did better in as many epochs. It can go on from this very step.",
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

/** What a level is called as an arm: by its name, or by its values. */
function levelName({ name, changes }: Level): string {
  return name ?? changes.map(changeName).join(", ");
}

function changeName({ setting, value }: Change): string {
  if (setting === "smoothing") return smoothingName(Number(value));
  if (setting === "weightDecay") return `Decay ${plain(Number(value))}`;
  if (setting === "labelNoise") return `Label noise ${percent(Number(value), 0)}`;
  if (setting === "optimizer") return optimizerText(optimizer.parse(value));
  const words = changeInWords({ setting, value });
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the arms of a run's block are called, in their order; none for a run that is its block alone. */
export function armNamesOf({ experiment }: Pick<RunView, "experiment">): readonly string[] {
  if (experiment === null || experiment.differs.length === 0) return [];
  return experiment.differs.reduce<readonly string[]>(
    (names, factor) =>
      names.flatMap((name) => levelsOf(factor).map((level) => (name === "" ? "" : `${name}, `) + levelName(level))),
    [""],
  );
}

/** The arm's name; null for a run that is its block alone. */
export function armName(run: Pick<RunView, "experiment">): string | null {
  return armNamesOf(run)[run.experiment?.arm ?? -1] ?? null;
}
