/** Points that were drawn at random, as the page shows them: each setting that was drawn as a factor of its own. Pure. */
import { z } from "zod";
import type { ExperimentRow, ExperimentView, Factor, Level } from "../../contract/experiment.ts";
import { levelsOf } from "./experiment-plan.ts";

type DrawnFactor = Extract<Factor, { readonly ranges: unknown }>;

const isDrawn = (factor: Factor | undefined): factor is DrawnFactor => factor !== undefined && "ranges" in factor;

export function withDrawnSettings<View extends Pick<ExperimentView, "request" | "rows">>(experiment: View): View {
  const { request, rows } = experiment;
  if (!request.factors.some(isDrawn)) return experiment;
  const factors = request.factors.flatMap((factor) => (isDrawn(factor) ? settingsOf(factor) : [factor]));
  const rowOf = (row: ExperimentRow): ExperimentRow => ({
    ...row,
    levels: row.levels.flatMap((level, index) => (isDrawn(request.factors[index]) ? partsOf(level) : [level])),
  });
  return { ...experiment, request: { ...request, factors }, rows: rows.map(rowOf) };
}

function settingsOf(factor: DrawnFactor): readonly Factor[] {
  const drawn = levelsOf(factor).flatMap(({ changes }) => changes);
  return factor.ranges.map(({ setting }) => {
    const values = drawn.filter((change) => change.setting === setting).map(({ value }) => JSON.stringify(value));
    const distinct = z.array(z.json()).parse([...new Set(values)].map((text) => JSON.parse(text)));
    const bySize = (a: unknown, b: unknown) => (typeof a === "number" && typeof b === "number" ? a - b : 0);
    return { setting, values: distinct.sort(bySize), isBlocked: false };
  });
}

function partsOf({ changes }: Level): readonly Level[] {
  return changes.map((change) => ({ name: null, changes: [change] }));
}
