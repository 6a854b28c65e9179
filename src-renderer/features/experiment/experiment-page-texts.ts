/** Words of an experiment's page. */
import type {
  DrawnRange,
  ExperimentEstimate,
  ExperimentRequest,
  ExperimentView,
  Spread,
} from "../../../src-main/contract/experiment.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { lowerFirst } from "../../../src-main/domain/settings/setting.ts";
import { settingTitle } from "../../../src-main/domain/settings/settings.ts";
import { levelText, variedTexts } from "../../entities/experiment/experiment-texts.ts";
import { aboutDuration, count, counted, plain } from "../../lib/format.ts";

export const experimentPageTexts = {
  title: ({ factors }: ExperimentRequest) => {
    if (factors.length === 0) return "How much is luck?";
    const [arms] = factors;
    if (factors.length === 1 && arms && "arms" in arms) return "Which arm does best?";
    const names = factors.flatMap((factor) => {
      if ("ranges" in factor) return factor.ranges.map(({ setting }) => lowerFirst(settingTitle(setting)));
      return ["setting" in factor ? lowerFirst(settingTitle(factor.setting)) : "the arm"];
    });
    return `What do${names.length === 1 ? "es" : ""} ${listed(names)} change?`;
  },
  loading: "Loading the experiment",
  over: (view: ExperimentView) => `${variedTexts.one(view.id)} · ${variedTexts.finished(view)}`,
  allRuns: "All runs",
  asked: "What was asked",
  seeds: "Seeds",
  arms: "Arms",
  drawn: (draws: number) => `${counted(draws, "point")} drawn at random`,
  decisions: "What the search stopped, and why",
  decisionsAside: (decisions: number) => `${counted(decisions, "decision")}, in their order`,
  decided: (runIds: readonly number[], words: string) =>
    `${runIds.length === 1 ? "Run" : "Runs"} ${listed(runIds.map(String))} ${words}`,
  goOnAnyway: "A run that was stopped kept its state: open it, and Resume trains it to its end.",
  inStep: "the arms advance in step",
  progress: "Runs that are finished",
  outcome: "What it came to",
  judgeBy: "Judge by",
  finishedColumn: "Finished",
  runs: "Runs",
  onValidation: (pictures: number | null) => `On the ${splitPictures("validation", pictures)}`,
  onTest: (pictures: number | null) => `On the ${splitPictures("test", pictures)}, apart`,
  testNote:
    "Choose by the validation pictures. Test figures cannot be sorted by: settings chosen by them would look better than they are on new pictures.",
  intervalNote: (seeds: number) =>
    seeds > 1
      ? "Mean over the finished runs of a row; below it the 95 % interval of that mean over seeds, by Student’s t."
      : "One seed each, so no intervals: another seed may order the rows otherwise.",
  best: "best",
  bestIs: (
    row: string,
    value: string,
    metric: Metric,
    of: { finished: number; runs: number; pictures: number | null },
  ) =>
    `Best by validation ${lowerFirst(variedTexts.metricTitle(metric))}${of.finished < of.runs ? " so far" : ""}: ${row}, ${value} on ${splitPictures("validation", of.pictures)}.`,
  alike: (rows: number) =>
    rows === 0
      ? "Its interval overlaps that of no other row."
      : `Its interval overlaps ${rows === 1 ? "that of another row" : `those of ${count(rows)} other rows`}, so more seeds may name another.`,
  equal: (rows: number) => (rows === 1 ? "Another row is as good." : `${count(rows)} other rows are as good.`),
  noBest: "Nothing to choose by yet: no row has a finished run with validation pictures.",
  more: (left: number) => `Show ${count(left)} more`,
  compareRow: "Compare",
  compareRowOf: (row: string) => `Compare the runs of ${row}`,
  rowTitle: (words: string) => (words === "" ? "all runs" : words),
  table: "Settings and what they came to",
  repeat: "Repeat with more seeds…",
  addLevel: "Add a level…",
  growTitle: { seeds: "Repeat with more seeds", level: "Add a level" },
  growText: {
    seeds: "Every combination is trained again with each new seed. What is trained already stays.",
    level: "Each new value is trained with every other setting and every seed. What is trained already stays.",
  },
  newSeeds: "New seeds",
  seedsHint: (seeds: readonly number[]) => `It has ${seeds.join(", ")}.`,
  levelOf: "Setting",
  newValues: "New values",
  valuesHint: (values: string) => `It has ${values}.`,
  wrongValue: (text: string) => `${text} is not a value of this setting.`,
  wrongSeed: (text: string) => `${text} is not a seed: give whole numbers, parted by commas.`,
  known: (text: string) => `It has ${text} already.`,
  estimate: ({ runs, seconds }: ExperimentEstimate) =>
    seconds === null
      ? `${counted(runs, "run")} will be added; how long they take is not known yet.`
      : `${counted(runs, "run")} will be added, ${aboutDuration(seconds)}.`,
  estimating: "Counting the runs…",
  start: "Train what is new",
  cancel: "Cancel",
  spread: (spread: Spread, say: (value: number) => string) =>
    spread.interval === null ? null : `${say(spread.interval.low)} – ${say(spread.interval.high)}`,
} as const;

/** `500 validation pictures`, or without their number where runs held out others. */
export function splitPictures(split: string, pictures: number | null): string {
  return pictures === null ? `${split} pictures` : counted(pictures, `${split} picture`);
}

/** `learning rate from 0.0001 to 0.1, log scale`. */
export function rangeWords(range: DrawnRange): string {
  const title = lowerFirst(settingTitle(range.setting));
  if (range.kind === "choice")
    return `${title} one of ${range.values.map((value) => levelText({ name: null, changes: [{ setting: range.setting, value }] })).join(", ")}`;
  return `${title} from ${plain(range.from)} to ${plain(range.to)}${range.kind === "log" ? ", log scale" : ""}`;
}

/** `a`, `a and b`, `a, b and c`. */
function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
