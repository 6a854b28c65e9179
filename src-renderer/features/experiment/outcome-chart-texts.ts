/** Words of the charts of an experiment. */
import type { Spread } from "../../../src-main/contract/experiment.ts";
import type { Metric } from "../../../src-main/domain/metrics/metric.ts";
import { lowerFirst } from "../../../src-main/domain/settings/setting.ts";
import { variedTexts } from "../../entities/experiment/experiment-texts.ts";
import { count } from "../../lib/format.ts";
import { splitPictures } from "./experiment-page-texts.ts";
import type { OutcomeLines } from "./outcome-lines.ts";

const valueWords = ({ mean, interval }: Spread, say: (value: number) => string): string =>
  interval === null ? say(mean) : `${say(mean)} (${say(interval.low)} – ${say(interval.high)})`;

export const outcomeChartTexts = {
  title: (metric: Metric, pictures: number | null) =>
    `${variedTexts.metricTitle(metric)} on the ${splitPictures("validation", pictures)}`,
  along: "Along",
  by: "A line for each",
  noLines: "none",
  note: (seeds: number) =>
    seeds > 1
      ? "Points are means over seeds, bars their 95 % intervals, as in the table above."
      : "One seed each, so no intervals.",
  /** @param by what the lines differ by; null where there is one */
  aboutSaved: (seeds: number, by: string | null) =>
    `${seeds > 1 ? `Means over ${count(seeds)} seeds, with 95 % intervals` : "One seed each, without intervals"}${
      by === null ? "" : `; a line for each ${lowerFirst(by)}`
    }`,
  held: (words: string) => `All else as in the best row: ${words}.`,
  cut: (drawn: number, found: number) =>
    drawn < found ? `The first ${count(drawn)} of ${count(found)} rows are drawn.` : "",
  bestDrawn: (drawn: number, found: number) =>
    drawn < found ? `The best ${count(drawn)} of ${count(found)} rows are drawn.` : "",
  /** `Chance: 10.0 %.` */
  level: (label: string, value: string) => `${label}: ${value}.`,
  column: (line: string, metric: Metric) => (line === "" ? metric.title : line),
  value: valueWords,
  /** `Top-1 on the 500 validation pictures along learning rate. 0: 70.0 % at 0.02, 65.0 % at 0.045.` */
  sentence: (
    { axis, lines }: OutcomeLines,
    metric: Metric,
    pictures: number | null,
    say: (value: number) => string,
  ) => {
    const told = lines
      .filter(({ points }) => points.length > 0)
      .map(({ label, points }) => {
        const values = points.map(({ text, spread }) => `${valueWords(spread, say)} at ${text}`).join(", ");
        return label === "" ? values : `${label}: ${values}`;
      });
    return `${outcomeChartTexts.title(metric, pictures)} along ${lowerFirst(axis.title)}. ${told.join("; ")}.`;
  },
  parallelTitle: "All settings at once",
  parallelAxis: (metric: Metric, pictures: number | null) =>
    `${variedTexts.metricTitle(metric)}, ${splitPictures("validation", pictures)}`,
  parallelNote:
    "Each line is a row of the table. It crosses every axis at its setting and ends at its outcome; the darker or brighter, the better.",
  parallelRead: "Read the rows, the best first. Up and down arrow keys move from row to row.",
  parallelSentence: (rows: number, metric: Metric, pictures: number | null, best: string | null) =>
    `${rows} rows by their settings, coloured by ${lowerFirst(variedTexts.metricTitle(metric))} on the ${splitPictures("validation", pictures)}.${best === null ? "" : ` Best: ${best}.`}`,
  row: (words: string, value: string) => `${words}: ${value}`,
  worse: "worse",
  better: "better",
} as const;
