import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { createPatience } from "../../src-main/engine/record/patience.ts";
import { tidy } from "../../src-main/engine/record/tidy.ts";
import { checkpointFolderOf } from "../../src-main/engine/trainer/saved-states.ts";
import { systemClock } from "../../src-main/platform/clock.ts";
import { silentLog } from "../../src-main/platform/log.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore } from "../../src-main/store/open-store.ts";
import { recordRuns } from "../support/recorded.ts";

it("a purge that ends with its process at any moment leaves no file of a run whose rows are gone", async () => {
  const paths = pathsOf(mkdtempSync(join(tmpdir(), "strata-tidy-")));
  const store = openStore(paths.database);
  const [id] = recordRuns(store, 1) as [number];
  const states = join(paths.checkpoints, checkpointFolderOf(store.runs.get(id)));
  mkdirSync(states, { recursive: true });
  mkdirSync(paths.weights);
  writeFileSync(join(paths.weights, "1.safetensors"), "weights");
  store.runs.setWeights(id, { file: "1.safetensors", bytes: 7 }, null);
  store.runs.end(id, "completed", null, "2026-01-01T00:00:00.000Z");
  store.runs.remove([id], "2026-01-01T00:00:00.000Z");
  const tools = { paths, clock: systemClock, log: silentLog, signal: new AbortController().signal };
  const patience = createPatience({ ...tools, onChange: () => {} });
  const { piece } = store.purge;
  const killed = vi.fn((mostRows: number) => {
    piece(mostRows);
    throw new Error("killed");
  });

  await tidy({ store: { ...store, purge: { ...store.purge, piece: killed } }, ...tools, patience });
  expect(killed).toHaveBeenCalledOnce();
  await tidy({ store, ...tools, patience });

  expect(store.purge.begin("2027")).toEqual([]);
  expect([readdirSync(paths.weights), existsSync(states)]).toEqual([[], false]);
  store.close();
  rmSync(paths.home, { recursive: true });
});
