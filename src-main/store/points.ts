/** Recorded values, one row each, and the series that charts draw from them. */
import { type MetricId, type MetricPoint, metricIds, type SeriesView } from "../contract/metric.ts";
import type { Database } from "./database.ts";
import { thin } from "./thin.ts";

interface SeriesKey {
  readonly metric: MetricId;
  readonly split: MetricPoint["split"];
  readonly cadence: MetricPoint["cadence"];
}

export const seriesKeysSql = "SELECT DISTINCT metric, split, cadence FROM points WHERE run_id = ?";
export const seriesSql =
  "SELECT step, value FROM points WHERE run_id = ? AND metric = ? AND split = ? AND cadence = ? ORDER BY step";

export type PointRecords = ReturnType<typeof createPointRecords>;

export function createPointRecords(database: Database) {
  const insert = database.prepare<[number, string, string, string, number, number, number]>(`
    INSERT INTO points (run_id, metric, split, cadence, step, epoch, value) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET epoch = excluded.epoch, value = excluded.value`);
  const keys = database.prepare<[number], SeriesKey>(seriesKeysSql);
  const series = database.prepare<[number, string, string, string]>(seriesSql).raw();

  return {
    /** A value that is not finite is no value, and is left out. */
    add(runId: number, points: readonly MetricPoint[]): void {
      for (const { metric, split, cadence, step, epoch, value } of points)
        if (Number.isFinite(value)) insert.run(runId, metric, split, cadence, step, epoch, value);
    },

    /** Each series of the run on its own budget of `maxPoints`, so that one value an epoch survives beside one a batch. */
    series(runId: number, wanted: readonly MetricId[] = metricIds, maxPoints = 2_000): readonly SeriesView[] {
      return keys
        .all(runId)
        .filter(({ metric }) => wanted.includes(metric))
        .map(({ metric, split, cadence }) => {
          // Raw rows of the two columns that the query names; the table is STRICT, so both are numbers.
          const rows = series.all(runId, metric, split, cadence) as [step: number, value: number][];
          const kept = thin(rows, maxPoints);
          const steps = kept.map(([step]) => step);
          return { runId, metric, split, cadence, steps, values: kept.map(([, value]) => value) };
        });
    },
  };
}
