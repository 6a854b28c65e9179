/** A table of runs for people. */
import type { RunView } from "../contract/run.ts";
import { countInWords } from "../domain/health/words.ts";
import { imagesPerSecond } from "../domain/metrics/images-per-second.ts";
import { type Metric, valueIn } from "../domain/metrics/metric.ts";
import { evaluatedMetrics, metricOf, metrics } from "../domain/metrics/metrics.ts";
import { droppedInWords } from "../domain/pictures/dropped-pictures.ts";
import type { RunField } from "../domain/runs/run-field.ts";
import { type FieldValue, finalResult, finalSplit, mixesSplits } from "../domain/runs/run-values.ts";
import { exactDuration, figure, figureTitle, loss, percentFigure, short, whole } from "./format.ts";
import { runDocument } from "./run-documents.ts";
import { type Column, table } from "./table.ts";

/** Fields beside metrics that have a column of their own. */
const shownAnyway = ["id", "title", "state", imagesPerSecond.id, "seconds"];

/**
 * One line a run, each with its figures on the test pictures where they were looked at, and else on the validation pictures.
 * @param sortedBy what they are in order of, which then has a column
 */
export function runsInWords(
  runs: readonly RunView[],
  sortedBy: RunField | null = null,
  all: readonly Metric[] = metrics,
): string {
  const looked = runs.flatMap((run) => finalResult(run)?.pictures ?? []);
  // What all figures are on is said once, below.
  const isAlike = !mixesSplits(runs) && new Set(looked).size <= 1;
  const figures = evaluatedMetrics(Math.max(...runs.map(({ dataset }) => dataset.classes.length)), all);
  const isShown = (id: string) => shownAnyway.includes(id) || figures.some((metric) => metric.id === id);
  const columns: Column<RunView>[] = [
    { title: "run", isNumber: true, cell: ({ id }) => String(id) },
    { title: "title", cell: ({ title }) => title },
    ...(sortedBy === null || isShown(sortedBy.id) ? [] : [sortColumn(sortedBy)]),
    { title: "state", cell: ({ state }) => state },
    { title: "epochs", isNumber: true, cell: (run) => `${run.epochsDone}/${run.configuration.training.epochs}` },
    ...(isAlike ? [] : [{ title: "on", isNumber: true, cell: onInWords }]),
    ...figures.map((metric) => ({
      title: figureTitle(metric),
      isNumber: true,
      cell: (run: RunView) => figure(valueIn(finalResult(run), metric), metric),
    })),
    { title: "images/s", isNumber: true, cell: (run) => whole(run.imagesPerSecond) },
    { title: "time", isNumber: true, cell: (run) => exactDuration(runDocument(run).seconds) },
  ];
  const lines = table(columns, runs);
  const split = runs.map(finalSplit).find((found) => found !== null);
  const dropped = droppedByRuns(runs);
  if (split === undefined) return `${lines}${dropped}`;
  const on = isAlike
    ? `the ${countInWords(looked[0] ?? 0, `${split} picture`)}`
    : `as many ${mixesSplits(runs) ? "test pictures as “on” says, or validation pictures (val) where the test pictures were not looked at" : `${split} pictures as “on” says`}`;
  const sorted = sortedBy === null ? "" : sortedOn(sortedBy, runs);
  const margins = runs.some((run) => run.loss === "hinge") ? ", but a hinge loss's objective in margins" : "";
  return `${lines}\nFigures on ${on}; losses in nats${margins}; ECE from 0 to 1.\n${sorted}${dropped}`;
}

/** More sentences than these are not read. */
const mostSentences = 3;

/** Beside the figures: what runs left out of each epoch. Empty where they trained on every picture. */
function droppedByRuns(runs: readonly RunView[]): string {
  const idsBySentence = new Map<string, number[]>();
  for (const { id, dataset, configuration } of runs) {
    const words = dataset.trainPictures === null ? null : droppedInWords(dataset.trainPictures, configuration.training);
    if (words !== null) idsBySentence.set(words, [...(idsBySentence.get(words) ?? []), id]);
  }
  const all = [...idsBySentence];
  if (all.length > mostSentences) {
    const many = all.reduce((sum, [, ids]) => sum + ids.length, 0);
    return `${many} of these runs leave pictures out of each epoch that fill no whole batch; strata show <run> says how many.\n`;
  }
  const ofRuns = (ids: readonly number[]) =>
    ids.length === runs.length ? "" : `${ids.length === 1 ? "Run" : "Runs"} ${ids.join(", ")}: `;
  return all.map(([words, ids]) => `${ofRuns(ids)}${words}\n`).join("");
}

/** `61 test`, `20 val` */
function onInWords(run: RunView): string {
  const pictures = finalResult(run)?.pictures;
  return pictures === undefined ? "–" : `${whole(pictures)} ${finalSplit(run) === "test" ? "test" : "val"}`;
}

/** What the figure of the sort's own column is on; empty for what is no figure. */
function sortedOn({ id, title }: RunField, runs: readonly RunView[]): string {
  const [split, metric = ""] = id.split(".");
  if ((split !== "best" && split !== "validation" && split !== "test") || metricOf(metric) === undefined) return "";
  const counts = runs.flatMap((run) => (split === "best" ? run.best?.result : run[split])?.pictures ?? []);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const of = `${split === "test" ? "test" : "validation"} picture`;
  if (counts.length === 0) return "";
  return `${title}: on ${least === most ? `the ${countInWords(most, of)}` : `${whole(least)} to ${countInWords(most, of)}, as a run's data set has them`}.\n`;
}

function sortColumn(field: RunField): Column<RunView> {
  const isNumber = field.type.kind === "number";
  // As a column of its own has it, whatever the split.
  const metric = metrics.find(({ id, formula }) => formula !== null && id === field.id.split(".").at(-1));
  const cell = (run: RunView): string => {
    const value = field.read(run);
    return metric !== undefined && typeof value === "number" ? figure(value, metric) : valueInWords(field, value);
  };
  return { title: field.title, isNumber, cell };
}

function valueInWords({ type }: RunField, value: FieldValue): string {
  if (value === null) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (type.kind !== "number" || typeof value !== "number") return String(value);
  switch (type.unit) {
    case "share":
      return percentFigure(value);
    case "nats":
      return loss(value);
    case "seconds":
      return exactDuration(value);
    case "bytes":
      return `${short(value)}B`;
    case "none":
      return Number.isInteger(value) ? whole(value) : String(value);
  }
}
