/**
 * The runs of a sweep: every combination of the values, with every seed. Seeds change slowest, so that each combination was tried once before any is tried
 * again; of the settings the first changes slowest.
 */
import { optimizer, type RunConfiguration, runConfiguration } from "../contract/configuration.ts";
import { StrataError } from "../contract/errors.ts";
import { mostSweepRuns, type SweepRequest, type SweepValue, sweepValueOf, withSweepValues } from "../contract/sweep.ts";
import { optimizerInWords } from "./optimizer-words.ts";

export interface SweptRun {
  readonly values: readonly SweepValue[];
  readonly configuration: RunConfiguration;
}

/** Throws `sweep.too-many`, `sweep.repeats`, or a ZodError for a value that its setting cannot have. */
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
  const parts = values.filter(({ setting }) => setting !== "model").map(sweepValueInWords);
  return [modelTitle, ...parts, ...(seed === null ? [] : [`seed ${seed}`])].join(", ");
}

/** `learning rate 0.1`, `SGD`, `smoothed ε = 0.1` */
function sweepValueInWords({ setting, value }: SweepValue): string {
  if (setting === "smoothing") return value === 0 ? "one-hot" : `smoothed ε = ${value}`;
  if (setting === "optimizer") return optimizerInWords(optimizer.parse(value));
  const name = setting.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  if (typeof value === "boolean") return value ? name : `no ${name}`;
  if (value === null) return `no ${name}`;
  return `${name} ${typeof value === "object" ? Object.values(value).join(" ") : value}`;
}
