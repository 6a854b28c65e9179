/** What is known of a run, value by value, and the order of two values. */
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { EvaluationResult } from "../../contract/metric.ts";
import type { RunView } from "../../contract/run.ts";

export type FieldValue = number | string | boolean | null;

/** The pictures that a list's figures of a run are on: test where they were evaluated; null where there are none yet. */
export function finalSplit(run: RunView): "test" | "validation" | null {
  if (run.test !== null) return "test";
  return run.validation === null ? null : "validation";
}

/** What a list shows of a run. */
export function finalResult(run: RunView): EvaluationResult | null {
  return run.test ?? run.validation;
}

/** How many pictures an epoch trains on; null where they cannot be read. */
export function trainingPictures({
  dataset,
  configuration,
  validation,
}: Pick<RunView, "dataset" | "configuration" | "validation">): number | null {
  if (dataset.trainPictures === null || configuration.training.fold === null) return dataset.trainPictures;
  // The fold that is held out is of the training pictures.
  return validation === null ? null : dataset.trainPictures - validation.pictures;
}

/** Whether the figures of a list of these runs are on test pictures here and on validation pictures there. */
export function mixesSplits(runs: readonly RunView[]): boolean {
  const splits = new Set(runs.map(finalSplit));
  return splits.has("test") && splits.has("validation");
}

/** Seconds that its attempts took; null while it has not ended. */
export function elapsedSeconds(run: RunView): number | null {
  return run.endedAt === null ? null : run.seconds;
}

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

/** Orders two values; those that there is none of stand last whichever way. */
export function compareValues(a: FieldValue, b: FieldValue, isDescending: boolean): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  const order = typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en");
  return isDescending ? -order : order;
}
