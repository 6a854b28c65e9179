/** Training side by side under the real trainer: no figure hangs on what trains beside it. */
import { availableParallelism } from "node:os";
import { afterEach, describe, expect, it } from "vitest";
import type { Pair } from "../support/experiment-of.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

const training = { epochs: 2, batchSize: 16, dropout: 0.3, augmentation: { flip: true, cropPaddingPixels: 2 } };
const pair: Pair = { setting: "smoothing", values: [0, 0.1] };

let test: TestEngine;
afterEach(() => test.close());

/** Of each arm: every step's objective, what it was evaluated to, and its weights before the first step. */
async function trained(variables: NodeJS.ProcessEnv) {
  test = await startEngine({ trainerEntry: undefined, trainerEnvironment: variables });
  const { engine } = test;
  const { configuration, ...rest } = requestFor(3, { pair, training });
  const request = {
    configuration: { ...configuration, model: { id: "alexnet", inputPixels: 32, width: 0.1 } },
    ...rest,
  };
  const { runIds } = await engine.scheduling.start(request);
  const runs = [];
  for (const runId of runIds) runs.push(await whenOver(engine, runId));
  const arms = runs.map(({ id, validation, test: tested, initialWeightsHash }) => ({
    steps: engine.runs
      .series({ runIds: [id], metrics: ["objective", "hardLoss"], maxPoints: 1_000 })
      .map(({ metric, cadence, steps, values }) => ({ metric, cadence, steps, values })),
    figures: [validation, tested],
    initialWeightsHash,
  }));
  await test.close();
  return { arms, own: runs.map(({ hasOwnProcess }) => hasOwnProcess) };
}

describe.skipIf(availableParallelism() === 1)("a pair in two processes of one thread", () => {
  it("comes to the same as in one process of one thread, to the last bit", async () => {
    const apart = await trained({ STRATA_RUNS_AT_ONCE: "2", STRATA_THREADS: "2" });
    const inTurns = await trained({ STRATA_RUNS_AT_ONCE: "1", STRATA_THREADS: "1" });
    expect([apart.own, inTurns.own]).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(apart.arms).toEqual(inTurns.arms);
    expect(apart.arms[0]?.steps[0]?.values.length).toBeGreaterThan(5);
    expect(apart.arms[0]?.steps).not.toEqual(apart.arms[1]?.steps);
  });
});
