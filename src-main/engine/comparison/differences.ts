/** In which settings runs differ. */

import type { SettingDifference } from "../../contract/comparison.ts";
import type { RunConfiguration } from "../../contract/configuration.ts";
import { settingLeaves } from "../../domain/runs/run-values.ts";

/**
 * Every leaf of the configurations whose values are not all equal, by its path (`training.smoothing`). Null where a run has no such setting, e.g. a
 * momentum under Adam.
 */
export function settingDifferences(configurations: readonly RunConfiguration[]): readonly SettingDifference[] {
  const leaves = configurations.map((configuration) => settingLeaves(configuration));
  const paths = [...new Set(leaves.flatMap((leaf) => [...leaf.keys()]))];
  return paths
    .map((setting) => ({ setting, values: leaves.map((leaf) => leaf.get(setting) ?? null) }))
    .filter(({ values }) => values.some((value) => value !== values[0]));
}
