/** In which settings runs differ. */
import type { RunConfiguration } from "../contract/configuration.ts";
import type { SettingDifference } from "../contract/run.ts";

/**
 * Every leaf of the configurations whose values are not all equal, by its path (`training.smoothing`). Null where a run has no such setting, e.g. a
 * momentum under Adam.
 */
export function settingDifferences(configurations: readonly RunConfiguration[]): readonly SettingDifference[] {
  const leaves = configurations.map((configuration) => new Map(leavesOf(configuration, "")));
  const paths = [...new Set(leaves.flatMap((leaf) => [...leaf.keys()]))];
  return paths
    .map((setting) => ({ setting, values: leaves.map((leaf) => leaf.get(setting) ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]));
}

function leavesOf(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path === "" ? key : `${path}.${key}`));
}
