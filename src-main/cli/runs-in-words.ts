/** A table of runs for people. */
import { hasTop5 } from "../contract/metric.ts";
import type { RunView } from "../contract/run.ts";
import type { RunField } from "../domain/run-fields.ts";
import { type FieldValue, finalResult, finalSplit, mixesSplits } from "../domain/run-values.ts";
import { runDocument } from "./documents.ts";
import { duration, loss, percent, short, whole } from "./format.ts";
import { type Column, table } from "./table.ts";

/** Fields that have a column of their own. */
const shownAnyway = [
  "id",
  "title",
  "state",
  "top1",
  "hardLoss",
  "objective",
  "objectiveFloor",
  "ece",
  "imagesPerSecond",
  "seconds",
];

/**
 * One line a run, each with its figures on the test pictures where they were looked at, and else on the validation pictures.
 * @param sortedBy what they are in order of, which then has a column
 */
export function runsInWords(runs: readonly RunView[], sortedBy: RunField | null = null): string {
  const isMixed = mixesSplits(runs);
  const columns: Column<RunView>[] = [
    { title: "run", isNumber: true, cell: ({ id }) => String(id) },
    { title: "title", cell: ({ title }) => title },
    ...(sortedBy === null || shownAnyway.includes(sortedBy.id) ? [] : [sortColumn(sortedBy)]),
    { title: "state", cell: ({ state }) => state },
    { title: "epochs", isNumber: true, cell: (run) => `${run.epochsDone}/${run.configuration.training.epochs}` },
    ...(isMixed ? [{ title: "on", cell: (run: RunView) => shortSplit(finalSplit(run)) }] : []),
    { title: "top-1", isNumber: true, cell: (run) => percent(finalResult(run)?.top1) },
    ...(runs.some(({ dataset }) => hasTop5(dataset.classes.length))
      ? [{ title: "top-5", isNumber: true, cell: (run: RunView) => percent(finalResult(run)?.top5) }]
      : []),
    { title: "hard loss", isNumber: true, cell: (run) => loss(finalResult(run)?.hardLoss) },
    { title: "objective", isNumber: true, cell: (run) => loss(finalResult(run)?.objective) },
    { title: "its floor", isNumber: true, cell: (run) => loss(finalResult(run)?.objectiveFloor) },
    { title: "ECE", isNumber: true, cell: (run) => percent(finalResult(run)?.ece) },
    { title: "images/s", isNumber: true, cell: (run) => whole(run.imagesPerSecond) },
    { title: "time", isNumber: true, cell: (run) => duration(runDocument(run).seconds) },
  ];
  const lines = table(columns, runs);
  const split = runs.map(finalSplit).find((found) => found !== null);
  if (split === undefined) return lines;
  const on = isMixed
    ? "the test pictures, or the validation pictures (val) where the test pictures were not looked at"
    : `the ${split} pictures`;
  const margins = runs.some((run) => run.loss === "hinge") ? ", but a hinge loss's objective in margins" : "";
  return `${lines}\nFigures on ${on}; losses in nats${margins}.\n`;
}

function shortSplit(split: ReturnType<typeof finalSplit>): string {
  return split === "validation" ? "val" : (split ?? "–");
}

function sortColumn(field: RunField): Column<RunView> {
  const isNumber = field.type.kind === "number";
  return { title: field.title, isNumber, cell: (run) => valueInWords(field, field.read(run)) };
}

function valueInWords({ type }: RunField, value: FieldValue): string {
  if (value === null) return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (type.kind !== "number" || typeof value !== "number") return String(value);
  switch (type.unit) {
    case "share":
      return percent(value);
    case "nats":
      return loss(value);
    case "seconds":
      return duration(value);
    case "bytes":
      return `${short(value)}B`;
    case "none":
      return Number.isInteger(value) ? whole(value) : String(value);
  }
}
