/** Which epochs' weights a run still has, and where: in the file that it ended with, or in a saved state. */
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KeptEpoch } from "../../src-main/contract/weights.ts";
import { weightsPathOf } from "../../src-main/engine/weights/weights-files.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { openStore, type Store } from "../../src-main/store/open-store.ts";
import { recordRuns, result } from "../support/recorded.ts";
import { sampleMadeBy } from "../support/sample-made-by.ts";

const paths = pathsOf("/home/ada/strata");
let store: Store;
beforeEach(() => {
  store = openStore(":memory:");
});
afterEach(() => store.close());

/** Five steps an epoch; validation losses epoch by epoch. */
function trained(losses: readonly number[], { restored = null as number | null, saved = [] as number[] } = {}): number {
  const [runId] = recordRuns(store, 1) as [number];
  const now = "2026-01-01T00:00:00.000Z";
  store.queue.begin([runId], "engine-1", now);
  store.runs.start(runId, {
    ...{ stepsPerEpoch: 5, parameters: 1, auxiliaryParameters: 0, initialWeightsHash: "h" },
    ...{ step: 0, madeBy: sampleMadeBy() },
    ...{ trainingObjectiveFloor: 0, initialWeightsMatch: null },
  });
  for (const [index, hardLoss] of losses.entries()) {
    const [epoch, step] = [index + 1, 5 * (index + 1)];
    const confusion = { split: "validation", epoch, counts: [[1]] } as const;
    const look = { split: "validation", epoch, step, confusion, predictions: null } as const;
    store.evaluations.add(runId, { ...look, result: { ...result, hardLoss } });
    store.runs.advance(runId, { stepsDone: step, epochsDone: epoch });
    if (saved.includes(epoch))
      store.checkpoints.add(runId, { step, epoch, folder: `1-a/${step}`, bytes: 1, cost: hardLoss }, now);
  }
  if (restored !== null) store.runs.setRestoredEpoch(runId, restored);
  store.runs.setWeights(runId, { file: "last.safetensors", bytes: 8 }, null);
  return runId;
}
const path = (runId: number, which: KeptEpoch | null) => weightsPathOf(store, paths, runId, which);
const ended = join(paths.weights, "last.safetensors");

describe("of a run that trained to its end", () => {
  it("the last epoch's are what it ended with, and the best's stand in a saved state", () => {
    const runId = trained([3, 1, 2], { saved: [2] });
    expect(store.runs.get(runId).keptEpochs).toEqual({ best: 2, last: 3 });
    expect(store.runs.list()[0]!.keptEpochs).toEqual({ best: 2, last: 3 });
    expect([path(runId, null), path(runId, "last")]).toEqual([ended, ended]);
    expect(path(runId, "best")).toBe(join(paths.checkpoints, "1-a/10/arm-0.safetensors"));
  });

  it("the last epoch may be the best, without a saved state", () => {
    const runId = trained([3, 2, 1]);
    expect(store.runs.get(runId).keptEpochs).toEqual({ best: 3, last: 3 });
    expect(path(runId, "best")).toBe(ended);
  });

  it("a best epoch that no state was saved of is not kept, and that is said with the other", () => {
    const runId = trained([3, 1, 2], { saved: [1, 3] });
    expect(store.runs.get(runId).keptEpochs).toEqual({ best: null, last: 3 });
    expect(() => path(runId, "best")).toThrow(
      expect.objectContaining({
        code: "weights.not-kept",
        message: `The weights of run ${runId}'s best epoch, 2, are not kept. Take those of its last epoch, 3, with --weights last.`,
      }),
    );
  });

  it("there is no best epoch without validation pictures", () => {
    const runId = trained([]);
    expect(() => path(runId, "best")).toThrow(/has no best epoch: no validation pictures were evaluated/);
  });
});

describe("of a run whose best epoch was restored", () => {
  it("the best epoch's are what it ended with, and the last's are not kept", () => {
    const runId = trained([3, 1, 2, 2.5], { restored: 2 });
    expect(store.runs.get(runId).keptEpochs).toEqual({ best: 2, last: null });
    expect([path(runId, null), path(runId, "best")]).toEqual([ended, ended]);
    expect(() => path(runId, "last")).toThrow(
      `The weights of run ${runId}'s last epoch, 4, are not kept. Take those of its best epoch, 2, with --weights best.`,
    );
  });
});

it("a run that stopped within an epoch did not end with its best, though that was the last it ended", () => {
  const runId = trained([2, 1], { saved: [] });
  store.runs.advance(runId, { stepsDone: 12 });
  expect(store.runs.get(runId).keptEpochs).toEqual({ best: null, last: 2 });
});
