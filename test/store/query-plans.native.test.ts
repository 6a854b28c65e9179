import { describe, expect, it } from "vitest";
import { openDatabase } from "../../src-main/store/database.ts";
import { confusionSql, latestResultSql, mistakesSql, pairedSql } from "../../src-main/store/evaluations.ts";
import { migrate } from "../../src-main/store/migrate.ts";
import { seriesKeysSql, seriesSql } from "../../src-main/store/points.ts";

/** How SQLite would go about the query. */
function planOf(sql: string, ...parameters: readonly unknown[]): readonly string[] {
  const database = openDatabase(":memory:");
  migrate(database, ":memory:");
  const rows = database.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
  database.close();
  return rows.map(({ detail }) => detail);
}

describe("the queries that a window waits for walk along a key", () => {
  it("a series", () => {
    expect(planOf(seriesSql, 1, "hardLoss", "train", "batch")).toEqual([
      "SEARCH points USING PRIMARY KEY (run_id=? AND metric=? AND split=? AND cadence=?)",
    ]);
  });

  it("the series that a run has", () => {
    expect(planOf(seriesKeysSql, 1)).toEqual(["SEARCH points USING PRIMARY KEY (run_id=?)"]);
  });

  it("the last figures", () => {
    expect(planOf(latestResultSql, { runId: 1, split: "test" })).toEqual([
      "SEARCH evaluations USING PRIMARY KEY (run_id=? AND split=? AND epoch<?)",
      "SCALAR SUBQUERY 1",
      "SEARCH runs USING INTEGER PRIMARY KEY (rowid=?)",
    ]);
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

  it("pairs of answers meet by the picture's number", () => {
    expect(planOf(pairedSql, { first: 1, second: 2, split: "test" })).toEqual([
      "SEARCH first USING PRIMARY KEY (run_id=? AND split=?)",
      "SEARCH second USING PRIMARY KEY (run_id=? AND split=? AND example=?)",
    ]);
  });
});
