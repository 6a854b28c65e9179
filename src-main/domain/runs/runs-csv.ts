/** Runs as one table for other programs: what each is, its figures by split with their units and numbers of pictures, and every setting. */
import type { RunView } from "../../contract/run.ts";
import { type CsvColumn, csvOf } from "../csv.ts";
import type { Metric } from "../metrics/metric.ts";
import { metricOf, metrics } from "../metrics/metrics.ts";
import type { RunField } from "./run-field.ts";
import { runFields } from "./run-fields.ts";

/** A figure without a word before it is of whatever split a run has: here each has its split's. */
const isOfSomeSplit = ({ id }: RunField): boolean =>
  metrics.some((metric) => metric.id === id && metric.formula !== null);
/** Where things lie is of this machine alone. */
const isPlace = ({ id }: RunField): boolean => id.endsWith(".path");

export function runsCsv(runs: readonly RunView[]): string {
  const fields = runFields.filter((field) => !isOfSomeSplit(field) && !isPlace(field) && field.id !== "split");
  const columns = fields.map(
    ({ id, read }): CsvColumn<RunView> => [`${id}${unitBehind(id)}`, (run) => textOf(read(run))],
  );
  return csvOf(columns, runs);
}

const unitWords: Readonly<Record<Metric["unit"], string>> = {
  ...{ nats: "nats", fraction: "fraction", "images/s": "images/s", none: "no unit" },
  // A hinge loss is in margins.
  loss: "nats, or margins without a unit",
};

/** ` [nats]` behind `test.hardLoss`; empty for what is no figure of a split. */
function unitBehind(id: string): string {
  const [split, name = ""] = id.split(".");
  const metric = split === "test" || split === "validation" || split === "best" ? metricOf(name) : undefined;
  return metric === undefined ? "" : ` [${unitWords[metric.unit]}]`;
}

function textOf(value: ReturnType<RunField["read"]>): string | number {
  if (value === null) return "";
  return typeof value === "number" ? value : String(value);
}
