/** Successive halving under the real trainer: what stops at a rung stops right there, and goes on as if it had never stopped. */
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Engine } from "../../src-main/engine/create-engine.ts";
import { gridOf } from "../support/experiment-of.ts";
import { eventWhere, requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

const training = { epochs: 3, batchSize: 16, dropout: 0.3, augmentation: { flip: true, cropPaddingPixels: 2 } };
const environment = { STRATA_THREADS: "1", STRATA_RUNS_AT_ONCE: "1" };

let test: TestEngine;
beforeEach(async () => {
  test = await startEngine({ trainerEntry: undefined, trainerEnvironment: environment });
});
afterEach(() => test.close());

const whenAtRest = (engine: Engine) =>
  eventWhere(engine, (event) => {
    const isLook = event.kind === "snapshot" || event.kind === "progress";
    return (isLook && event.active.length === 0) || undefined;
  });
const courseOf = (engine: Engine, runId: number) =>
  engine.runs
    .series({ runIds: [runId], metrics: ["objective", "hardLoss"], maxPoints: 1_000 })
    .map(({ metric, cadence, split, steps, values }) => ({ metric, cadence, split, steps, values }));

it("makes no step beyond the rung, and comes to the same when it goes on, to the last bit", async () => {
  const { engine } = test;
  const configuration = {
    ...requestFor(3, { training }).configuration,
    model: { id: "lenet5", inputPixels: 32, width: 1 },
  };
  // No gradient is as large, so that both come to the same: the first is the better.
  const grid = gridOf(configuration, [{ setting: "clipNorm", values: [1e6, 1e7] }]);
  const { runIds } = await engine.scheduling.start({ ...grid, halving: { leastEpochs: 1, factor: 3 } });
  const [, halved] = runIds as [number, number];
  const stopped = await whenOver(engine, halved);
  expect(stopped).toMatchObject({ endReason: "halved", epochsDone: 1, checkpoint: { epoch: 1 }, weights: null });
  expect(stopped.stepsDone).toBe(stopped.stepsPerEpoch);

  await whenAtRest(engine);
  await engine.scheduling.resume(halved);
  await whenAtRest(engine);
  const resumed = await whenOver(engine, halved);
  expect(resumed).toMatchObject({ endReason: "completed", epochsDone: 3 });

  const [alone] = (await engine.scheduling.start({ ...grid, factors: [], configuration: stopped.configuration }))
    .runIds;
  await whenAtRest(engine);
  const undisturbed = await whenOver(engine, alone!);
  expect(courseOf(engine, halved)).toEqual(courseOf(engine, alone!));
  expect([resumed.validation, resumed.test]).toEqual([undisturbed.validation, undisturbed.test]);
});
