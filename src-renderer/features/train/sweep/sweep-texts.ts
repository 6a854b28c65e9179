/** Words for a sweep. */
import type { ExperimentRequest, Halving } from "../../../../src-main/contract/experiment.ts";
import { levelsOf } from "../../../../src-main/domain/experiments/experiment-plan.ts";
import { expectedShareOfAll, rungsOf } from "../../../../src-main/domain/experiments/successive-halving.ts";
import type { NetworkTable } from "../../../../src-main/domain/networks/network-presets.ts";
import { lowerFirst } from "../../../../src-main/domain/settings/setting.ts";
import { percent } from "../../../lib/format.ts";
import type { SweepDraft, SweepLine } from "./sweep-draft.ts";

type Option<Value> = { readonly value: Value; readonly label: string };

export const sweepTexts = {
  points: "Which combinations are trained",
  pointsOptions: [
    { value: "grid", label: "Every combination" },
    { value: "drawn", label: "Drawn at random" },
  ] satisfies readonly Option<SweepDraft["points"]>[],
  pointsAbout: {
    grid: "Every combination is trained with every seed, side by side where that is faster.",
    drawn:
      "Each point has a value drawn for every setting, and is trained with every seed. The same search seed draws the same points, and more draws keep the first ones.",
  } satisfies Readonly<Record<SweepDraft["points"], string>>,
  add: "Vary a setting",
  remove: (setting: string) => `Do not vary ${lowerFirst(setting)}`,
  setting: (place: number) => `Setting ${place}`,
  values: (setting: string) => `Values of ${lowerFirst(setting)}`,
  placeholder: "0, 0.1",
  drawnFrom: (setting: string) => `${setting}: drawn from`,
  drawnOptions: [
    { value: "uniform", label: "Even range" },
    { value: "log", label: "Log range" },
    { value: "choice", label: "List" },
  ] satisfies readonly Option<SweepLine["drawn"]>[],
  from: (setting: string) => `${setting}: from`,
  to: (setting: string) => `${setting}: to`,
  draws: "Points drawn",
  searchSeed: "Search seed",
  arms: "Arms at every point",
  armsHint: "Each combination is a comparison of its own, whose arms advance in step.",
  halving: "Stop the weak early",
  halvingHint: "Successive halving: only the best go on after few epochs.",
  leastEpochs: "First compared after",
  eta: "Goes on, one in",
  metric: "Compared by",
  monitored: "What is monitored",
  nothingVaries: "Vary a setting or the network.",
  noValues: "Give values, parted by commas.",
  wrongValue: (value: string) => `${value} is not a value of this setting.`,
  valueProblem: (value: string, problem: string) => `${value}: ${problem}`,
  repeated: "Give each value once.",
  notVaried: (id: string) => `${id} cannot be varied here.`,
  twice: "This setting is varied twice.",
  noEnd: "Give both ends of the range.",
  noNumber: "A number, such as 0.1.",
  noMagnitude: "More than 0 on a log scale.",
  wrongWay: "More than the range begins with.",
  tooLate: (epochs: number) => `Fewer than the ${epochs} epochs that are trained.`,
  nothingToRank: "There is one run, and nothing to compare it with.",
} as const;

/** What will happen, before it does. @param epochs of the runs, each that there is once; @param metric its title */
export function halvingNote(halving: Halving, epochs: readonly number[], metric: string): string {
  const rungs = rungsOf(halving, Math.max(...epochs));
  const last = rungs.at(-1);
  const after = rungs.length === 1 ? `${last}` : `${rungs.slice(0, -1).join(", ")} and ${last}`;
  const share = percent(expectedShareOfAll(halving, epochs), 0);
  const lengths =
    epochs.length > 1
      ? ` Runs are of ${Math.min(...epochs)} to ${Math.max(...epochs)} epochs, each compared below its own.`
      : "";
  return `After ${after} ${last === 1 ? "epoch" : "epochs"} runs are compared by ${lowerFirst(metric)} on the validation pictures: the best, one in ${halving.factor}, go on, the others stop and can be gone on with.${lengths} With many runs about ${share} of all epochs are trained.`;
}

/** Of the runs of a request, each length once. @param networks what each network trains with, where one varies and it is known */
export function epochsOfRuns({ configuration, factors }: ExperimentRequest, networks: NetworkTable | null): number[] {
  const varied = factors.flatMap((factor) =>
    levelsOf(factor).flatMap(({ changes }) => changes.filter(({ setting }) => setting === "epochs")),
  );
  const own = networks?.networks.map(({ values }) => values.epochs) ?? [];
  const all = varied.length > 0 ? varied.map(({ value }) => value) : own;
  const known = all.filter((value) => typeof value === "number");
  return known.length === 0 ? [configuration.training.epochs] : [...new Set(known)];
}
