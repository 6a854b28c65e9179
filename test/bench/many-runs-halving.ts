/** What successive halving over so many waiting runs costs the engine's thread at each epoch end, with invented losses. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createSearch } from "../../src-main/engine/experiments/search.ts";
import { systemClock } from "../../src-main/platform/clock.ts";
import { createRandom } from "../../src-main/platform/random.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { fillQueue } from "../support/large-record.ts";
import { median } from "./median.ts";

/** Decisions of which the median is told. */
const window = 200;

/** Every run comes to the first rung, one after another. @returns processor's milliseconds of one decision, by how many results there were */
export function timeHalving(
  runs: number,
): readonly { readonly results: number; readonly median: number; readonly most: number }[] {
  const folder = mkdtempSync(join(tmpdir(), "strata-halving-"));
  const store = openStore(join(folder, "strata.sqlite"));
  try {
    const now = new Date().toISOString();
    const runIds = fillQueue(store, runs, "engine", { leastEpochs: 1, factor: 3, metric: "hardLoss" });
    const search = createSearch({ engineId: "engine", store, clock: systemClock });
    const random = createRandom(1, "halving");
    const millis: number[] = [];
    const decide = (runId: number): void => {
      store.queue.begin([runId], "engine", now);
      const result = { pictures: 10, top1: 0.5, hardLoss: random.uniform(), objective: 1, objectiveFloor: 0 };
      const look = { split: "validation", epoch: 1, step: 5, result, predictions: null } as const;
      store.evaluations.add(runId, { ...look, confusion: { split: "validation", epoch: 1, counts: [] } });
      const before = process.cpuUsage();
      const { stops } = search.atEpochEnd([runId], 1)!;
      const { user, system } = process.cpuUsage(before);
      millis.push((user + system) / 1e3);
      store.runs.end(runId, stops ? "halved" : "completed", null, now);
    };
    for (const runId of runIds) store.transaction(() => decide(runId));
    const steps = [window, Math.floor(runs / 4), Math.floor(runs / 2), runs];
    return steps.map((results) => {
      const some = millis.slice(results - window, results);
      return { results, median: median(some), most: Math.max(...some) };
    });
  } finally {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
