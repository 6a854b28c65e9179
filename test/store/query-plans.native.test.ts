import { describe, expect, it } from "vitest";
import { usualMonitor } from "../../src-main/domain/metrics/monitor.ts";
import { openDatabase } from "../../src-main/store/database.ts";
import {
  bestResultSql,
  bestResultsSql,
  confusionSql,
  latestResultSql,
  latestResultsSql,
  mistakesSql,
  namedPredictionsSql,
} from "../../src-main/store/evaluations.ts";
import { migrate } from "../../src-main/store/migrate.ts";
import { endsSql, isLongSql, seriesSql, thinnedSql } from "../../src-main/store/points.ts";
import { atSql, besideSql, waitingOfSql, waitingSql } from "../../src-main/store/queue.ts";
import { listSql, queueEndsSql } from "../../src-main/store/runs.ts";
import { countAsGoodSql, countResultsSql, stoppedSql } from "../../src-main/store/search-decisions.ts";

/** How SQLite would go about the query. */
function planOf(sql: string, ...parameters: readonly unknown[]): readonly string[] {
  const database = openDatabase(":memory:");
  migrate(database, ":memory:");
  const rows = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
  database.close();
  return rows.map(({ detail }) => detail);
}

describe("the queries that a window waits for walk along a key", () => {
  const series = { runId: 1, metric: "hardLoss", split: "train", cadence: "batch" } as const;
  const walk = "SEARCH points USING PRIMARY KEY (run_id=? AND metric=? AND split=? AND cadence=?)";
  const seek = "SEARCH points USING PRIMARY KEY (run_id=? AND metric=? AND split=? AND cadence=? AND step=?)";

  it("a series, its ends and whether it is long", () => {
    expect(planOf(seriesSql, series)).toEqual([walk]);
    expect(planOf(isLongSql, { ...series, most: 1_500 })).toContain(walk);
    const ends = planOf(endsSql, series).filter((step) => step.includes("points"));
    expect(ends).toEqual([walk, walk]);
  });

  it("a long series is not read but leapt along: no more rows than are drawn", () => {
    const plan = planOf(thinnedSql, { ...series, first: 1, stride: 64 });
    expect(plan.filter((step) => step.includes("points"))).toEqual([walk.replace(")", " AND step>?)"), seek]);
  });

  it("the queue, which is looked at every two seconds, reads what waits alone and sorts nothing", () => {
    expect(planOf(waitingOfSql, "engine-1", 10)).toEqual(["SCAN runs USING INDEX runs_waiting"]);
    expect(planOf(waitingSql, 10)).toEqual(["SCAN runs USING INDEX runs_waiting"]);
  });

  it("the ends of the queue and a place in it are found without reading what waits", () => {
    const plans = [planOf(queueEndsSql), planOf(besideSql, { position: 1 }), planOf(atSql, 1)].flat();
    const reads = plans.filter((step) => step.includes("runs"));
    expect(reads).toHaveLength(5);
    for (const read of reads) expect(read).toMatch(/^SEARCH runs USING (COVERING )?INDEX runs_waiting/);
  });

  it("where a result stands at its rung is read off an index, and the best are not sorted", () => {
    const walk = "SEARCH search_decisions USING COVERING INDEX search_standing (experiment_id=? AND rung=?";
    expect(planOf(countResultsSql, 1, 0)).toEqual([`${walk})`]);
    expect(planOf(countAsGoodSql(false), 1, 0, 0.5)).toEqual([`${walk} AND value<?)`]);
    expect(planOf(countAsGoodSql(true), 1, 0, 0.5)).toEqual([`${walk} AND value>?)`]);
    for (const isBetterHigh of [false, true]) {
      const plan = planOf(stoppedSql(isBetterHigh), { experimentId: 1, rung: 0, most: 10 });
      expect(plan).toContain(`${walk} AND value>?)`);
      // Of equal values alone the earlier first; and those few that have stopped by their order.
      const sorts = plan.filter((step) => step.includes("B-TREE"));
      expect(sorts).toEqual(["USE TEMP B-TREE FOR LAST TERM OF ORDER BY", "USE TEMP B-TREE FOR ORDER BY"]);
    }
  });

  it("a list of runs reads the runs once, and seeks what stands beside each", () => {
    const plan = planOf(listSql);
    expect(plan.filter((step) => step.startsWith("SCAN"))).toEqual(["SCAN runs"]);
    expect(plan).toContain("SEARCH run_tags USING PRIMARY KEY (run_id=?)");
  });

  it("the last and the best figures, of every run and of one, are one step along a key each", () => {
    const values = "SEARCH evaluation_values USING PRIMARY KEY (run_id=? AND split=? AND epoch=?)";
    const evaluation = "SEARCH evaluations USING PRIMARY KEY (run_id=? AND split=? AND epoch=?)";
    const best =
      "SEARCH evaluation_values USING COVERING INDEX evaluation_values_best (run_id=? AND split=? AND metric=?)";
    const of = { split: "validation", metric: "hardLoss", monitored: "validation" };
    const scansOf = (plan: readonly string[]) => plan.filter((step) => step.startsWith("SCAN"));
    for (const plan of [planOf(latestResultsSql, of), planOf(bestResultsSql, of)]) {
      expect(scansOf(plan)).toEqual(["SCAN runs"]);
      expect(plan).toEqual(expect.arrayContaining([values, evaluation]));
    }
    for (const plan of [
      planOf(latestResultSql, { ...of, runId: 1 }),
      planOf(bestResultSql(usualMonitor), { ...of, runId: 1 }),
    ]) {
      expect(scansOf(plan)).toEqual([]);
      expect(plan).toEqual(expect.arrayContaining([values, evaluation]));
    }
    expect(planOf(bestResultsSql, of)).toContain(best);
    expect(planOf(bestResultsSql, of).some((step) => step.includes("TEMP B-TREE"))).toBe(false);
  });

  it("a confusion matrix", () => {
    expect(planOf(confusionSql, 1, "test", 1)).toEqual([
      "SEARCH confusion USING PRIMARY KEY (run_id=? AND split=? AND epoch=?)",
    ]);
  });

  it("mistakes read the predictions of the named runs alone", () => {
    const plan = planOf(mistakesSql, { runIds: "[1,2]", split: "test", limit: 24 });
    expect(plan).toContain("SEARCH predictions USING PRIMARY KEY (run_id=? AND split=?)");
    expect(plan.some((step) => step.startsWith("SCAN predictions"))).toBe(false);
  });

  it("answers with their pictures' names seek each picture in the run's own data set", () => {
    expect(planOf(namedPredictionsSql, { runId: 1, split: "test" })).toEqual([
      "SEARCH runs USING INTEGER PRIMARY KEY (rowid=?)",
      "SEARCH predictions USING PRIMARY KEY (run_id=? AND split=?)",
      "SEARCH examples USING PRIMARY KEY (dataset_id=? AND example_index=?)",
    ]);
  });
});
