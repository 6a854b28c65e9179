/** Recorded values, one row each, and the series that charts draw from them. */
import { splitNames } from "../contract/dataset.ts";
import type { MetricId, MetricPoint, SeriesView } from "../contract/metric.ts";
import { metrics } from "../domain/metrics/metrics.ts";
import { strideFor } from "../domain/runs/thin.ts";
import type { Database } from "./database.ts";

interface SeriesKey {
  readonly runId: number;
  readonly metric: MetricId;
  readonly split: MetricPoint["split"];
  readonly cadence: MetricPoint["cadence"];
}
type Row = [step: number, value: number];

const cadences = ["batch", "epoch"] as const;

const ofSeries = "run_id = @runId AND metric = @metric AND split = @split AND cadence = @cadence";
/** First and last step; a minimum and a maximum side by side in one query would read the whole series. */
export const endsSql = `
  SELECT (SELECT min(step) FROM points WHERE ${ofSeries}) AS first, (SELECT max(step) FROM points WHERE ${ofSeries}) AS last`;
/** Counts no further than it needs to. */
export const isLongSql = `
  SELECT count(*) > @most FROM (SELECT 1 FROM points WHERE ${ofSeries} LIMIT CAST(@most AS INTEGER) + 1)`;
export const seriesSql = `SELECT step, value FROM points WHERE ${ofSeries} ORDER BY step`;
/** From each kept point by the key to the first at or after the next bucket's begin. Casts: a parameter may be a REAL, and steps are divided whole. */
export const thinnedSql = `
  WITH RECURSIVE kept (step) AS (
    SELECT CAST(@first AS INTEGER)
    UNION ALL
    SELECT (SELECT min(step) FROM points WHERE ${ofSeries} AND step >= CAST(@first AS INTEGER)
      + ((kept.step - CAST(@first AS INTEGER)) / CAST(@stride AS INTEGER) + 1) * CAST(@stride AS INTEGER))
    FROM kept WHERE kept.step IS NOT NULL
  )
  SELECT points.step, points.value FROM kept CROSS JOIN points ON ${ofSeries} AND points.step = kept.step`;
const pointSql = `SELECT step, value FROM points WHERE ${ofSeries} AND step = @last`;

export type PointRecords = ReturnType<typeof createPointRecords>;

export function createPointRecords(database: Database) {
  const insert = database.prepare<[number, string, string, string, number, number, number]>(`
    INSERT INTO points (run_id, metric, split, cadence, step, epoch, value) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET epoch = excluded.epoch, value = excluded.value`);
  const ends = database.prepare<[SeriesKey], { first: number | null; last: number | null }>(endsSql);
  const isLong = database.prepare<[SeriesKey & { most: number }], number>(isLongSql).pluck();
  // Raw rows of the two columns that the queries name; the table is STRICT, so both are numbers.
  const whole = database.prepare<[SeriesKey], Row>(seriesSql).raw();
  const thinned = database.prepare<[SeriesKey & { first: number; stride: number }], Row>(thinnedSql).raw();
  const point = database.prepare<[SeriesKey & { last: number }], Row>(pointSql).raw();

  const rowsOf = (key: SeriesKey, maxPoints: number): readonly Row[] => {
    const { first, last } = ends.get(key)!;
    if (first === null || last === null) return [];
    const most = Math.max(2, maxPoints);
    if (!isLong.get({ ...key, most })) return whole.all(key) as Row[];
    const rows = thinned.all({ ...key, first, stride: strideFor(last - first, most) }) as Row[];
    return rows.at(-1)![0] === last ? rows : [...rows, point.get({ ...key, last }) as Row];
  };

  return {
    /** A value that is not finite is no value, and is left out. */
    add(runId: number, points: readonly MetricPoint[]): void {
      for (const { metric, split, cadence, step, epoch, value } of points)
        if (Number.isFinite(value)) insert.run(runId, metric, split, cadence, step, epoch, value);
    },

    /** Each series of the run on its own budget of `maxPoints`, so that one value an epoch survives beside one a batch. */
    series(
      runId: number,
      wanted: readonly MetricId[] = metrics.map(({ id }) => id),
      maxPoints = 2_000,
    ): readonly SeriesView[] {
      const keys = wanted.flatMap((metric) =>
        splitNames.flatMap((split) => cadences.map((cadence) => ({ runId, metric, split, cadence }))),
      );
      return keys.flatMap((key) => {
        const rows = rowsOf(key, maxPoints);
        if (rows.length === 0) return [];
        return [{ ...key, steps: rows.map(([step]) => step), values: rows.map(([, value]) => value) }];
      });
    },
  };
}
