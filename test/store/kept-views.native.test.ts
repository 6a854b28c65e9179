import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRandom } from "../../src-main/platform/random.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { dataset, recordRuns, result } from "../support/recorded.ts";
import { sampleMadeBy } from "../support/sample-made-by.ts";

const at = "2026-01-01T00:00:00.000Z";
let folder: string;
let store: Store;
let other: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-kept-"));
  store = openStore(join(folder, "strata.sqlite"));
  other = openStore(join(folder, "strata.sqlite"));
});
afterEach(() => {
  store.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

const look = { confusion: { split: "validation", epoch: 1, counts: [[1]] }, predictions: null, step: 4 } as const;
const started = {
  ...{ stepsPerEpoch: 4, parameters: 9, auxiliaryParameters: 0, initialWeightsHash: "a", trainingObjectiveFloor: 0 },
  ...{ step: 0, madeBy: sampleMadeBy(), initialWeightsMatch: null },
};
/** Everything that changes what is told of a run. */
const deeds: Record<string, (by: Store, runId: number, value: number) => void> = {
  rename: (by, runId, value) => by.runs.rename(runId, `Named ${value}`),
  tag: (by, runId, value) => by.runs.mark([runId], { addTags: [`t${value}`], isPinned: value % 2 === 0 }, at),
  untag: (by, runId, value) => by.runs.mark([runId], { dropTags: [`t${value}`] }, at),
  start: (by, runId) => by.runs.start(runId, started),
  advance: (by, runId, value) => by.runs.advance(runId, { stepsDone: value, epochsDone: 1 }),
  evaluate: (by, runId, value) => {
    // What its evaluations gave stays as it is from the end of a run on.
    if (by.runs.get(runId).endReason !== null) return;
    by.evaluations.add(runId, { ...look, split: "validation", epoch: value, result: { ...result, hardLoss: value } });
  },
  save: (by, runId, value) =>
    by.checkpoints.add(runId, { step: value, epoch: 1, folder: `${runId}-${value}`, bytes: value, cost: 1 }, at),
  skipSteps: (by, runId, value) =>
    by.points.add(runId, [
      { metric: "stepsSkipped", split: "train", cadence: "epoch", step: 100 + value, epoch: value, value },
    ]),
  forget: (by, runId, value) => by.checkpoints.remove(`${runId}-${value}`),
  end: (by, runId) => by.runs.end(runId, "completed", null, at),
  remove: (by, runId) => {
    by.runs.end(runId, "completed", null, at);
    by.runs.remove([runId], at);
  },
  move: (by, runId) => by.queue.move(runId, "front"),
  add: (by) => recordRuns(by, 1 + (by.runs.list().length < 5 ? 3 : 0)),
  nameDataset: (by, _, value) => by.datasets.record({ ...dataset, name: `Pictures ${value}` }, at),
};

it("the list is what the record says of each run, whatever was done to any of them, here or in another process", () => {
  const random = createRandom(3, "kept views");
  recordRuns(store, 6);
  for (let round = 0; round < 15 * Object.keys(deeds).length; round++) {
    const ids = store.runs.list().map(({ id }) => id);
    const [name, deed] = Object.entries(deeds)[round % Object.keys(deeds).length]!;
    const by = random.integer(3) === 0 ? other : store;
    deed(by, ids[random.integer(ids.length)]!, 1 + random.integer(4));
    const list = store.runs.list();
    const stored = list.map(({ id }) => store.runs.get(id));
    expect(list, `after ${name}`).toEqual(stored);
    expect(list.map(({ id }) => id)).toEqual(other.runs.list().map(({ id }) => id));
  }
});

it("what was never committed does not stay in the list", () => {
  const [runId] = recordRuns(store, 1) as [number];
  const before = store.runs.list();
  const inside = () => {
    store.runs.rename(runId, "Never");
    expect(store.runs.list()[0]?.title).toBe("Never");
    throw new Error("not this time");
  };
  expect(() => store.transaction(inside)).toThrow("not this time");
  expect(store.runs.list()).toEqual(before);
});

it("of a long list only what changed is read: what did not is the same object", () => {
  const [first, second] = recordRuns(store, 2) as [number, number];
  const before = store.runs.list();
  store.runs.rename(first, "Another");
  const after = store.runs.list();
  expect(after.map(({ id }) => id)).toEqual([second, first]);
  expect([after[0] === before[0], after[1] === before[1]]).toEqual([true, false]);
});
