/** The curves of an arm's seeds as one: their mean at each epoch, between the lowest and the highest. Pure. */
import type { ChartLine, LineAlong } from "../../ui/charts/chart-line.ts";
import type { Columns } from "../../ui/charts/columns.ts";
import type { ArmCurves, MeanCurve, SeedCurve } from "./seed-curve.ts";
import { seedCurvesTexts } from "./seed-curves-texts.ts";

const lastOf = ({ columns }: SeedCurve): number => columns.xs.findLast((_, index) => columns.ys[index] !== null) ?? 0;
const isGoing = ({ run }: SeedCurve): boolean => run.endedAt === null;

/**
 * The mean of the values of one epoch over all seeds that have ended; over those that train while none has. Where one of them has no value the mean has none
 * either: seeds that go on would differ from those that ended, and a mean over ever fewer of them would bend for that alone.
 */
export function meanCurve(arm: ArmCurves): MeanCurve {
  const withValues = arm.seeds.filter((seed) => lastOf(seed) > 0);
  const ended = withValues.filter((seed) => !isGoing(seed));
  const seeds = ended.length > 0 ? ended : withValues;
  const furthest = Math.max(0, ...seeds.map(lastOf));
  const { columns, band } = meanAndRange(seeds.map((seed) => seed.columns));
  const along = meanAlong(seeds);
  return {
    line: {
      ...{ id: `mean ${arm.hue}`, label: seedCurvesTexts.mean(arm.name, seeds.length), endLabel: arm.name },
      ...{ hue: arm.hue, strength: "strong", columns },
      ...(seeds.length > 1 && { band: { ...band, label: seedCurvesTexts.band } }),
      ...(along && { along }),
    },
    seeds,
    going: withValues.filter((seed) => !seeds.includes(seed)),
    empty: arm.seeds.filter((seed) => lastOf(seed) === 0),
    short: seeds.filter((seed) => lastOf(seed) < furthest),
  };
}

/** At the places that every one has a value at. */
export function meanAndRange(all: readonly Columns[]): {
  readonly columns: Columns;
  readonly band: { readonly low: readonly number[]; readonly high: readonly number[] };
} {
  const [first, ...others] = all.map(valueByPlace);
  const places = [...(first?.keys() ?? [])].filter((x) => others.every((values) => values.has(x)));
  const values = places.map((x) => [first!, ...others].map((of) => of.get(x)!));
  return {
    columns: { xs: places, ys: values.map((of) => of.reduce((sum, value) => sum + value, 0) / of.length) },
    band: { low: values.map((of) => Math.min(...of)), high: values.map((of) => Math.max(...of)) },
  };
}

function valueByPlace({ xs, ys }: Columns): ReadonlyMap<number, number> {
  return new Map(xs.flatMap((x, index): [number, number][] => (ys[index] == null ? [] : [[x, ys[index]]])));
}

/** By the mean of the seeds' times. */
function meanAlong(seeds: readonly SeedCurve[]): LineAlong | null {
  const all = seeds.flatMap(({ along }) => along ?? []);
  const [first] = all;
  if (first === undefined || all.length < seeds.length) return null;
  const isTimed = all.every(({ secondsAt }) => secondsAt !== null);
  const secondsAt = (epochs: number): number | null => {
    const seconds = all.map((along) => along.secondsAt?.(epochs) ?? null).filter((one) => one !== null);
    return seconds.length < all.length ? null : seconds.reduce((sum, one) => sum + one, 0) / all.length;
  };
  return { stepsPerEpoch: first.stepsPerEpoch, secondsAt: isTimed ? secondsAt : null };
}

/** Each seed by itself, in its arm's colour; the first of an arm bears its name. */
export function singleLines({ name, hue, seeds }: ArmCurves): readonly ChartLine[] {
  return seeds
    .filter((seed) => lastOf(seed) > 0)
    .map(({ run, columns, along }, index) => ({
      ...{ id: `run ${run.id}`, label: seedCurvesTexts.single(name, run.configuration.seed) },
      ...{ endLabel: index === 0 ? name : "", hue, strength: "strong", columns },
      ...(along && { along }),
    }));
}
