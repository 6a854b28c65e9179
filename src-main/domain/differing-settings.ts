/** Which settings differ among runs. */
import type { RunView } from "../contract/run.ts";
import { valueAt } from "./settings/setting.ts";
import { settings } from "./settings/settings.ts";

const settingsOf = new WeakMap<RunView["configuration"], readonly unknown[]>();

/** Each setting's value, what has parts as its text: the same for the same configuration. */
function settingValues(configuration: RunView["configuration"]): readonly unknown[] {
  const known = settingsOf.get(configuration);
  if (known) return known;
  const values = settings.map(({ path }) => {
    const value = valueAt(configuration, path);
    return typeof value === "object" ? JSON.stringify(value) : value;
  });
  settingsOf.set(configuration, values);
  return values;
}

/** Paths of the settings that differ among the runs, in the settings' order. */
export function differingSettings([first, ...others]: readonly RunView[]): readonly string[] {
  if (!first) return [];
  const wanted = settingValues(first.configuration);
  const differing = new Set<number>();
  for (const { configuration } of others)
    for (const [index, value] of settingValues(configuration).entries())
      if (value !== wanted[index]) differing.add(index);
  return settings.flatMap(({ path }, index) => (differing.has(index) ? path : []));
}
