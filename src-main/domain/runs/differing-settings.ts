/** Which settings differ among runs. */
import type { RunView } from "../../contract/run.ts";
import { valueAt } from "../settings/setting.ts";
import { settings } from "../settings/settings.ts";

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
  let same = settings.map((_, index) => index);
  for (const { configuration } of others) {
    const values = settingValues(configuration);
    if (same.some((index) => values[index] !== wanted[index]))
      same = same.filter((index) => values[index] === wanted[index]);
  }
  return settings.flatMap(({ path }, index) => (same.includes(index) ? [] : path));
}
