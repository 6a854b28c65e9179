/**
 * Runs found and put in order by anything that is known of them: every setting, every metric, and what they are. One language for the window's box and
 * the command line: words that all have to occur, and conditions such as `smoothing>0`, `top1>=80%`, `state=failed`, `tag:night`.
 */
import type { RunConfiguration } from "./configuration.ts";
import { type EvaluationResult, metricIds } from "./metric.ts";
import type { RunView } from "./run.ts";

export type FieldValue = number | string | boolean | null;

/** What a list shows of a run: of the test pictures where they were looked at. */
export function finalResult(run: RunView): EvaluationResult | null {
  return run.test ?? run.validation;
}

/** Seconds that its stretches took; null while it has not ended. */
export function elapsedSeconds(run: RunView): number | null {
  return run.endedAt === null ? null : run.seconds;
}

/** What a run is beside its settings, by the name that it is asked for. */
const facts: Readonly<Record<string, (run: RunView) => FieldValue>> = {
  id: ({ id }) => id,
  title: ({ title }) => title,
  state: ({ state }) => state,
  end: ({ endReason }) => endReason,
  model: ({ model }) => model.id,
  network: ({ model }) => model.title,
  data: ({ dataset }) => dataset.name,
  note: ({ note }) => note,
  tag: ({ tags }) => tags.join(" "),
  pinned: ({ isPinned }) => isPinned,
  archived: ({ isArchived }) => isArchived,
  created: ({ createdAt }) => createdAt,
  seconds: elapsedSeconds,
  epochsDone: ({ epochsDone }) => epochsDone,
  steps: ({ stepsDone }) => stepsDone,
  parameters: ({ parameters }) => parameters,
  imagesPerSecond: ({ imagesPerSecond }) => imagesPerSecond,
  diskBytes: ({ diskBytes }) => diskBytes,
  "best.epoch": ({ best }) => best?.epoch ?? null,
};
const looks: Readonly<Record<string, (run: RunView) => EvaluationResult | null>> = {
  "": finalResult,
  "validation.": ({ validation }) => validation,
  "test.": ({ test }) => test,
  "best.": ({ best }) => best?.result ?? null,
};
const resultMetrics = metricIds.filter((id) => id !== "learningRate" && id !== "imagesPerSecond");
const metricFields = Object.entries(looks).flatMap(([look, resultOf]) =>
  resultMetrics.map((metric) => [`${look}${metric}`, (run: RunView) => resultOf(run)?.[metric] ?? null] as const),
);
const known: ReadonlyMap<string, (run: RunView) => FieldValue> = new Map([...Object.entries(facts), ...metricFields]);

const leavesOfConfiguration = new WeakMap<RunConfiguration, ReadonlyMap<string, FieldValue>>();

/** Every setting by its path, e.g. `training.optimizer.momentum`. */
export function settingLeaves(configuration: RunConfiguration): ReadonlyMap<string, FieldValue> {
  const before = leavesOfConfiguration.get(configuration);
  if (before) return before;
  const leaves = new Map(leavesOf(configuration, ""));
  leavesOfConfiguration.set(configuration, leaves);
  return leaves;
}

function leavesOf(value: unknown, path: string): [string, FieldValue][] {
  // A configuration is JSON: what is no object is a value.
  if (typeof value !== "object" || value === null) return [[path, value as FieldValue]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === "" ? key : `${path}.${key}`));
}

/** Reads one field of a run; null where the run has no value of it. */
export type FieldReader = (run: RunView) => FieldValue;

/** By the name of a fact or metric, or the end of a setting's path (`smoothing`, `optimizer.kind`); null for a name that none of these runs knows. */
export function fieldReader(name: string, runs: readonly RunView[]): FieldReader | null {
  const asked = name.toLowerCase();
  for (const [id, read] of known) if (id.toLowerCase() === asked) return read;
  const isAsked = (path: string) => path.toLowerCase() === asked || path.toLowerCase().endsWith(`.${asked}`);
  const read: FieldReader = ({ configuration }) => {
    for (const [path, value] of settingLeaves(configuration)) if (isAsked(path)) return value;
    return null;
  };
  const exists = runs.some(({ configuration }) => [...settingLeaves(configuration).keys()].some(isAsked));
  return exists ? read : null;
}

export interface RunQuery {
  readonly matches: (run: RunView) => boolean;
  /** Names before a condition's sign that nothing is called. */
  readonly unknown: readonly string[];
}

const condition = /^([a-z][\w.]*)(<=|>=|!=|=|<|>|:)(.+)$/i;

/** A run fits when every word occurs in it and every condition holds. Without words, every run fits. */
export function parseRunQuery(text: string, runs: readonly RunView[]): RunQuery {
  const unknown: string[] = [];
  const tests = text
    .split(/\s+/)
    .filter(Boolean)
    .map((term) => {
      const [, name = "", sign = "", wanted = ""] = condition.exec(term) ?? [];
      if (name === "") return occurs(term.toLowerCase());
      const read = fieldReader(name, runs);
      if (read === null) unknown.push(name);
      return read === null ? () => false : holds(read, sign, wanted);
    });
  return { matches: (run) => tests.every((test) => test(run)), unknown };
}

/** Title, note, tags, network, data set and number. */
function occurs(word: string): (run: RunView) => boolean {
  return ({ id, title, note, tags, model, dataset }) =>
    `${id} ${title} ${note} ${tags.join(" ")} ${model.id} ${model.title} ${dataset.name}`.toLowerCase().includes(word);
}

/** Numbers as numbers, `80%` as 0.8; anything else as words, small and capital alike. `:` asks whether the words occur. */
function holds(read: FieldReader, sign: string, wanted: string): (run: RunView) => boolean {
  const isShare = wanted.endsWith("%");
  const number = Number(isShare ? wanted.slice(0, -1) : wanted) / (isShare ? 100 : 1);
  const words = wanted.toLowerCase();
  return (run) => {
    const value = read(run);
    if (value === null) return sign === "!=" || (sign === "=" && words === "none");
    if (sign === ":" && typeof value !== "number") return String(value).toLowerCase().includes(words);
    const order = typeof value === "number" ? value - number : String(value).toLowerCase().localeCompare(words, "en");
    // What is no number is neither more nor less than one.
    if (Number.isNaN(order)) return sign === "!=";
    if (sign === "<") return order < 0;
    if (sign === ">") return order > 0;
    if (sign === "<=") return order <= 0;
    if (sign === ">=") return order >= 0;
    return sign === "!=" ? order !== 0 : order === 0;
  };
}

/** Orders two values; those that there is none of stand last whichever way. */
export function compareValues(a: FieldValue, b: FieldValue, isDescending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  return isDescending ? -order : order;
}
