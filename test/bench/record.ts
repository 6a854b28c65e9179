/**
 * How long the record takes to answer: `node test/bench/record.ts [runs] [points] [home]`, 1,000 and 1,000,000 unless named. Fills a new home, which is
 * kept where one is named, and times what a window waits for: the list, with nothing remembered and again, and the chart of a usual run and of one that
 * has a fifth of all points.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shownMetrics } from "../../src-main/domain/metrics/metrics.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { fillRecord } from "../support/large-record.ts";
import { median } from "./median.ts";

const [runs = "1000", points = "1000000", named] = process.argv.slice(2);
const home = named ?? mkdtempSync(join(tmpdir(), "strata-record-"));
const { database: path } = pathsOf(home);

function millis(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
const again = (work: () => unknown) => median(Array.from({ length: 9 }, () => millis(work)));
const say = (what: string, value: number) => console.log(`${what.padEnd(44)} ${value.toFixed(1).padStart(8)} ms`);

try {
  const filled = openStore(path);
  const { longRunId } = fillRecord(filled, { runs: Number(runs), points: Number(points) });
  filled.close();
  console.log(`${runs} runs, ${points} points, ${(statSync(path).size / 1e6).toFixed(0)} MB`);

  let store = openStore(path);
  say(
    "list, first time",
    millis(() => store.runs.list()),
  );
  say(
    "list, again (median of 9)",
    again(() => store.runs.list()),
  );
  say(
    "list as JSON (median of 9)",
    again(() => JSON.stringify(store.runs.list())),
  );
  console.log(`list as JSON: ${(JSON.stringify(store.runs.list()).length / 1e6).toFixed(2)} MB`);
  const shown = shownMetrics().map(({ id }) => id);
  const usual = longRunId + 1;
  say(
    "chart of a usual run (median of 9)",
    again(() => store.points.series(usual, shown, 1_500)),
  );
  say(
    "chart of the long run (median of 9)",
    again(() => store.points.series(longRunId, shown, 1_500)),
  );
  const twelve = Array.from({ length: 12 }, (_, index) => usual + index);
  say(
    "chart of twelve runs (median of 9)",
    again(() => twelve.map((id) => store.points.series(id, shown, 1_500))),
  );
  store.close();
  say(
    "opening the record",
    millis(() => (store = openStore(path))),
  );
  store.close();
} finally {
  if (named === undefined) rmSync(home, { recursive: true, force: true });
}
