/**
 * The runs of a sweep: every combination of the values, with every seed. Seeds change slowest, so that each combination was tried once before any is tried
 * again; of the settings the first changes slowest.
 */
import { optimizer, type RunConfiguration, runConfiguration } from "../contract/configuration.ts";
import { StrataError } from "../contract/errors.ts";
import { mostSweepRuns, type SweepRequest, type SweepValue } from "../contract/sweep.ts";
import { nearestOf } from "./nearest.ts";
import { optimizerInWords } from "./optimizer-words.ts";
import { lowerFirst, type Setting, valueAt, withValueAt } from "./settings/setting.ts";
import { settings, settingTitle, variedSettings } from "./settings/settings.ts";

export interface SweptRun {
  readonly values: readonly SweepValue[];
  readonly configuration: RunConfiguration;
}

/** Undefined for a setting that the configuration does not have: Adam has no momentum. */
export function sweepValueOf(
  configuration: RunConfiguration,
  setting: string,
  all: readonly Setting[] = settings,
): unknown {
  return valueAt(configuration, sweepPath(setting, all));
}

/**
 * The configuration with these values in their places, of no particular type until it is parsed. Wider settings go first: an optimiser before its
 * momentum.
 */
export function withSweepValues(
  configuration: RunConfiguration,
  values: readonly SweepValue[],
  all: readonly Setting[] = settings,
): unknown {
  const placed = values.map(({ setting, value }) => ({ path: sweepPath(setting, all), value }));
  placed.sort((a, b) => a.path.split(".").length - b.path.split(".").length);
  return placed.reduce<unknown>((whole, { path, value }) => withValueAt(whole, path, value), configuration);
}

/** Throws `settings.invalid` for a name that no setting has which can be varied. */
function sweepPath(id: string, all: readonly Setting[]): string {
  const varied = variedSettings(all);
  const found = varied.find((setting) => setting.id === id);
  if (found) return found.path;
  const near = nearestOf(
    id,
    varied.map((setting) => setting.id),
  );
  const problem = `no setting that can be varied has this name${near === null ? "" : `; ${near} is near it`}`;
  throw new StrataError("settings.invalid", { setting: id, problem });
}

/** Throws `sweep.too-many`, `sweep.repeats`, `settings.invalid`, or a ZodError for a value that its setting cannot have. */
export function runsOfSweep({ configuration, vary, seeds }: SweepRequest): readonly SweptRun[] {
  const runs = vary.reduce((product, { values }) => product * values.length, seeds.length);
  if (runs > mostSweepRuns) throw new StrataError("sweep.too-many", { runs, most: mostSweepRuns });
  const grid = vary.reduce<readonly (readonly SweepValue[])[]>(
    (points, { setting, values }) =>
      points.flatMap((point) => values.map((value) => [...point, { setting, value }] as const)),
    [[]],
  );
  const swept = seeds.flatMap((seed) =>
    grid.map((values) => ({
      values,
      configuration: runConfiguration.parse(withSweepValues({ ...configuration, seed }, values)),
    })),
  );
  for (const { setting } of vary)
    if (swept.every((run) => sweepValueOf(run.configuration, setting) === undefined))
      throw new StrataError("settings.invalid", { setting, problem: "no run of the sweep has this setting" });
  // Also for a value that its setting leaves out again, such as the momentum of an optimiser that has none.
  const distinct = new Set(swept.map((run) => JSON.stringify(run.configuration)));
  if (distinct.size < swept.length) throw new StrataError("sweep.repeats", { runs, distinct: distinct.size });
  return swept;
}

/** What a run is called until a person names it: its network, what is varied, and the seed where there are several. */
export function sweptTitle(modelTitle: string, values: readonly SweepValue[], seed: number | null): string {
  const parts = values.filter(({ setting }) => setting !== "model").map(valueInWords);
  return [modelTitle, ...parts, ...(seed === null ? [] : [`seed ${seed}`])].join(", ");
}

/** A setting with its value, as titles have it: `learning rate 0.1`, `SGD`, `smoothed ε = 0.1`. */
export function valueInWords({ setting, value }: SweepValue): string {
  if (setting === "smoothing") return value === 0 ? "one-hot" : `smoothed ε = ${value}`;
  if (setting === "optimizer") return optimizerInWords(optimizer.parse(value));
  const name = lowerFirst(settingTitle(setting));
  if (typeof value === "boolean") return value ? name : `no ${name}`;
  if (value === null) return `no ${name}`;
  return `${name} ${typeof value === "object" ? Object.values(value).join(" ") : value}`;
}
