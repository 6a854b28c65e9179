import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { recordRuns } from "../support/recorded.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

let started: TestEngine;
let store: Store;
beforeEach(async () => {
  started = await startEngine();
  store = openStore(started.paths.database);
});
afterEach(async () => {
  store.close();
  await started.close();
});

function keepFiles(runId: number, checkpoint: string): void {
  const { weights, checkpoints } = started.paths;
  mkdirSync(weights, { recursive: true });
  mkdirSync(join(checkpoints, checkpoint), { recursive: true });
  writeFileSync(join(weights, `${runId}.safetensors`), "weights");
  writeFileSync(join(checkpoints, checkpoint, "state"), "state");
  store.runs.setWeights(runId, { file: `${runId}.safetensors`, bytes: 7 }, null);
  store.checkpoints.add(runId, { step: 4, epoch: 1, folder: checkpoint, bytes: 5, cost: 1 }, "2026-01-01");
}

it("freeing space deletes a run's weights and checkpoints, and keeps the run and those of others", async () => {
  const { engine, paths } = started;
  const [freed, kept] = recordRuns(store, 2) as [number, number];
  for (const runId of [freed, kept]) {
    keepFiles(runId, `${runId}-job`);
    store.runs.end(runId, "stopped-by-person", null, "2026-01-01T00:00:00.000Z");
  }
  expect(engine.runs.get(freed)).toMatchObject({ diskBytes: 12, checkpoint: { step: 4 } });

  const [after] = await engine.runs.freeSpace([freed]);

  expect(after).toMatchObject({ id: freed, state: "stopped", diskBytes: 0, weights: null, checkpoint: null });
  expect(existsSync(join(paths.weights, `${freed}.safetensors`))).toBe(false);
  expect(existsSync(join(paths.checkpoints, `${freed}-job`))).toBe(false);
  expect(engine.runs.get(kept)).toMatchObject({ diskBytes: 12, weights: { bytes: 7 } });
  expect(existsSync(join(paths.weights, `${kept}.safetensors`))).toBe(true);
  expect(existsSync(join(paths.checkpoints, `${kept}-job`, "state"))).toBe(true);
});

it("freeing space takes nothing from any of the runs when one of them is still going", async () => {
  const { engine, paths } = started;
  const [over, going] = recordRuns(store, 2) as [number, number];
  store.owners.beat("engine-1", process.pid, new Date(), [going]);
  keepFiles(over, "over-job");
  store.runs.end(over, "completed", null, "2026-01-01T00:00:00.000Z");
  await expect(engine.runs.freeSpace([over, going])).rejects.toMatchObject({ code: "run.active" });
  expect(existsSync(join(paths.weights, `${over}.safetensors`))).toBe(true);
  expect(engine.runs.get(over).diskBytes).toBe(12);
});

it("runs are pinned, archived and tagged together or, where one is unknown, not at all", async () => {
  const { engine } = started;
  const { runIds } = await engine.scheduling.start(requestFor(1));
  const [runId] = runIds as [number];
  await whenOver(engine, runId);
  engine.runs.mark([runId], { isPinned: true, isArchived: true, addTags: ["small", "night"] });
  expect(engine.runs.get(runId)).toMatchObject({ isPinned: true, isArchived: true, tags: ["night", "small"] });
  engine.runs.mark([runId], { isArchived: false, addTags: ["night"], dropTags: ["small"] });
  expect(engine.runs.get(runId)).toMatchObject({ isPinned: true, isArchived: false, tags: ["night"] });
  expect(() => engine.runs.mark([runId, runId + 1], { isPinned: false })).toThrow(
    expect.objectContaining({ code: "run.unknown" }),
  );
  expect(engine.runs.get(runId).isPinned).toBe(true);
});
