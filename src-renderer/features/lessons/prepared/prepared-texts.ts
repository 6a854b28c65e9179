/** Words of an experiment that a lesson carries. */
import type { TrainingSettings } from "../../../../src-main/contract/configuration.ts";
import { type ExperimentEstimate, type Factor, networkSetting } from "../../../../src-main/contract/experiment.ts";
import { countRuns, levelsOf } from "../../../../src-main/domain/experiments/experiment-plan.ts";
import type { PreparedExperiment } from "../../../../src-main/domain/lessons/prepared-experiment.ts";
import { optimizerInWords } from "../../../../src-main/domain/optimizer-words.ts";
import { factorTitle, levelText } from "../../../entities/experiment/experiment-texts.ts";
import { aboutDuration, counted } from "../../../lib/format.ts";

export const preparedTexts = {
  pictures: "Pictures",
  noPictures: "No pictures are known yet: choose some on the Train page first.",
  toPictures: "Choose pictures",
  estimating: "Asking how long it takes",
  estimate: ({ runs, seconds }: ExperimentEstimate) =>
    seconds === null
      ? `${counted(runs, "run")}; how long is not known yet`
      : `${counted(runs, "run")}, ${aboutDuration(seconds)}`,
  cancel: "Cancel",
  start: (runs: number) => `Train ${counted(runs, "run")}`,
  /** What a step with it is called until the teacher names it. */
  title: (network: string, experiment: PreparedExperiment) => {
    const networks = experiment.factors.find((factor) => "setting" in factor && factor.setting === networkSetting);
    const what = networks === undefined ? network : counted(levelsOf(networks).length, "network");
    return `${what}, ${counted(countRuns(experiment), "run")}`;
  },
} as const;

const mostLevels = 6;

type NetworkTitle = (id: string) => string;

function factorText(factor: Factor, networkTitle: NetworkTitle): string {
  if ("ranges" in factor) return `${counted(factor.draws, "point")} drawn over ${factorTitle(factor)}`;
  const isOfNetworks = "setting" in factor && factor.setting === networkSetting;
  const levels = levelsOf(factor).map((level) => (isOfNetworks ? networkTitle(levelText(level)) : levelText(level)));
  const told = levels.slice(0, mostLevels).join("; ");
  const more = levels.length > mostLevels ? `; and ${levels.length - mostLevels} more` : "";
  return `${factorTitle(factor)}: ${told}${more}`;
}

const recipeText = ({ epochs, batchSize, optimizer, learningRate }: TrainingSettings) =>
  `${counted(epochs, "epoch")} of batches of ${batchSize}, ${optimizerInWords(optimizer)}, learning rate ${learningRate}`;

/** What it asks, a line each. @param networkTitle by its id */
export function preparedLines(
  { configuration, factors, seeds, halving, networks }: PreparedExperiment,
  networkTitle: NetworkTitle,
): readonly string[] {
  const { model, training } = configuration;
  const base = [`${networkTitle(model.id)} at ${model.inputPixels} px, width ${model.width}`, recipeText(training)];
  return [
    ...(networks === undefined ? base : [`Each network by its own ${networks.preset} preset`]),
    ...factors.map((factor) => factorText(factor, networkTitle)),
    seeds.length === 1 ? `Seed ${seeds[0]}` : `Seeds ${seeds.join(", ")}`,
    ...(halving === undefined ? [] : ["The weak are stopped early, by successive halving"]),
  ];
}
