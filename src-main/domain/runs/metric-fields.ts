/** Every metric as a field of a run, once for each evaluation that it can be of. */
import type { EvaluationResult } from "../../contract/metric.ts";
import type { RunView } from "../../contract/run.ts";
import { type Metric, valueIn } from "../metrics/metric.ts";
import { evaluatedMetrics, metrics } from "../metrics/metrics.ts";
import { lowerFirst } from "../settings/setting.ts";
import { type FieldKind, fieldKind, type RunField } from "./run-field.ts";
import { finalResult } from "./run-values.ts";

interface EvaluationKind {
  /** Stand before a metric's name. */
  readonly names: readonly string[];
  /** The head of its column. */
  readonly head: (title: string) => string;
  readonly of: (run: RunView) => EvaluationResult | null;
}
/** Without a word before it, a metric is of the evaluation that a list shows. */
const kinds: readonly EvaluationKind[] = [
  { names: [""], head: (title) => `${title}, test`, of: finalResult },
  { names: ["validation.", "val."], head: (title) => `${title}, validation`, of: ({ validation }) => validation },
  { names: ["test."], head: (title) => `Test ${title}`, of: ({ test }) => test },
  { names: ["best."], head: (title) => `Best ${title}, validation`, of: ({ best }) => best?.result ?? null },
];

export function metricFields(all: readonly Metric[] = metrics): readonly RunField[] {
  return kinds.flatMap((kind) => evaluatedMetrics(undefined, all).map((metric) => fieldOf(metric, kind)));
}

function fieldOf(metric: Metric, { names: [kind = "", ...others], head, of }: EvaluationKind): RunField {
  const { id, title, also = [], better } = metric;
  return {
    id: `${kind}${id}`,
    title: kind === "" ? title : `${kind[0]!.toUpperCase()}${kind.slice(1, -1)} ${lowerFirst(title)}`,
    names: [
      ...[kind, ...others].flatMap((before) => [id, title, ...also].map((name) => `${before}${name}`)),
      head(title),
    ],
    type: typeOf(metric),
    isBetterHigh: better === "higher",
    read: (run) => valueIn(of(run), metric),
  };
}

function typeOf({ unit }: Metric): FieldKind {
  if (unit === "fraction") return fieldKind.number("share");
  return fieldKind.number(unit === "nats" || unit === "loss" ? "nats" : "none");
}
