/** Blocks under the real trainer: what a run comes to hangs on its settings and its seed, and on nothing that it is trained beside. */
import { afterEach, expect, it } from "vitest";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import { settingValueOf } from "../../src-main/domain/experiments/experiment-plan.ts";
import { experimentOf } from "../support/experiment-of.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

let test: TestEngine;
afterEach(() => test.close());

const { configuration } = requestFor(3, {
  training: { epochs: 2, batchSize: 16, dropout: 0.3, augmentation: { flip: true, cropPaddingPixels: 2 } },
});
const base = { ...configuration, model: { id: "lenet5", inputPixels: 32, width: 1 } };

/** Every step's losses, and the weights before the first, of each run. */
async function trained(request: ExperimentRequest) {
  const { engine } = test;
  const { runIds } = await engine.scheduling.start(request);
  const runs = await Promise.all(runIds.map((runId) => whenOver(engine, runId)));
  return runs.map((run) => ({
    run,
    learned: {
      weights: run.initialWeightsHash,
      figures: [run.validation, run.test],
      steps: engine.runs
        .series({ runIds: [run.id], metrics: ["objective", "hardLoss"], maxPoints: 1_000 })
        .map(({ metric, cadence, steps, values }) => ({ metric, cadence, steps, values })),
    },
  }));
}

it("three arms and a grid of 2 × 2 × 2 in blocks: equal levels and seeds give equal losses at every step, others do not", async () => {
  test = await startEngine({
    trainerEntry: undefined,
    trainerEnvironment: { STRATA_RUNS_AT_ONCE: "2", STRATA_THREADS: "2" },
  });
  const change = (value: number) => [{ setting: "smoothing", value }];
  const named = [
    { name: "smoothed", changes: change(0.1) },
    { name: "as it is", changes: [] },
    { name: "smoothed too", changes: change(0.1) },
  ];
  const arms = await trained({ configuration: base, factors: [{ arms: named, isBlocked: true }], seeds: [3] });
  expect(arms.map(({ run }) => run.title)).toEqual(["LeNet-5, smoothed", "LeNet-5, as it is", "LeNet-5, smoothed too"]);
  expect(arms[0]?.learned.steps[0]?.values.length).toBeGreaterThan(5);
  expect(arms[2]?.learned).toEqual(arms[0]?.learned);
  expect(arms[1]?.learned.weights).toBe(arms[0]?.learned.weights);
  expect(arms[1]?.learned.steps).not.toEqual(arms[0]?.learned.steps);

  const factors = [
    { setting: "learningRate", values: [0.01, 0.05], isBlocked: false },
    { setting: "smoothing", values: [0, 0.1], isBlocked: true },
  ];
  const grid = await trained({ configuration: base, factors, seeds: [3, 4] });
  expect(grid.map(({ run }) => [run.experiment?.block, run.experiment?.arm])).toEqual(
    [0, 1, 2, 3].flatMap((block) => [0, 1].map((arm) => [block, arm])),
  );
  expect(new Set(grid.map(({ learned }) => JSON.stringify(learned))).size).toBe(8);
  // The seed alone says what weights they begin with.
  expect(new Set(grid.map(({ run, learned }) => `${run.configuration.seed} ${learned.weights}`)).size).toBe(2);

  // One of them by itself, on as many threads.
  const one = grid.find(
    ({ run: { configuration: of } }) =>
      of.seed === 4 && settingValueOf(of, "learningRate") === 0.05 && settingValueOf(of, "smoothing") === 0.1,
  )!;
  const pair = experimentOf({ ...one.run.configuration }, { setting: "smoothing", values: [0.1, 0] });
  const [again] = await trained(pair);
  expect(again?.learned).toEqual(one.learned);
});
