/** Successive halving as it is defined, over a list of results; the program asks its record. */
import type { Halving } from "../../src-main/contract/experiment.ts";
import { mostThatGoOn, type Standing } from "../../src-main/domain/experiments/successive-halving.ts";
import { isBetterHigh } from "../../src-main/domain/metrics/monitor.ts";

/**
 * Where a result stands among all at its rung. Of equal ones the earlier is the better; what has no value stands nowhere.
 * @param values in the order in which they came, of which the one at `place` is asked for
 */
export function standingAmong(
  values: readonly (number | null)[],
  place: number,
  { factor, metric }: Pick<Halving, "factor"> & { readonly metric: string },
): Standing {
  const results = values.length;
  const goOn = mostThatGoOn(results, factor);
  const own = values[place];
  if (own === null || own === undefined) return { rank: null, results, goOn };
  const sign = isBetterHigh(metric) ? -1 : 1;
  const isBefore = (value: number | null, index: number) =>
    value !== null && (sign * value < sign * own || (value === own && index < place));
  return { rank: 1 + values.filter(isBefore).length, results, goOn };
}

/** Of all results at a rung those that go on, with their places, the best first. */
export function bestAmong(
  values: readonly (number | null)[],
  by: Pick<Halving, "factor"> & { readonly metric: string },
): readonly (Standing & { readonly place: number })[] {
  const sign = isBetterHigh(by.metric) ? -1 : 1;
  const ranked = [...values.keys()].filter((place) => values[place] !== null);
  // A stable sort: of equal ones the earlier stays before.
  ranked.sort((a, b) => sign * (values[a]! - values[b]!));
  const goOn = mostThatGoOn(values.length, by.factor);
  return ranked.slice(0, goOn).map((place, index) => ({ place, rank: index + 1, results: values.length, goOn }));
}
