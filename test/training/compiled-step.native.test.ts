/**
 * Compiled steps against the same steps op by op. TensorFlow's oneDNN kernels are off here: they round differently in a graph, where they are put
 * together, than one by one, and the difference of a step, some 1e-6, grows from step to step as rounding does in any two ways to train a network.
 */
import { expect, test, vi } from "vitest";

vi.hoisted(() => {
  process.env.TF_ENABLE_ONEDNN_OPTS = "0";
});

import { architectures } from "../../src-main/models/registry.ts";
import { disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { disposeBatch } from "../../src-main/training/upload.ts";
import { expectSameSteps, noise, optimizers, runLength, smallArm } from "./compare-steps.ts";
import { arraySink, eventsOf, neverInterrupted, stepValues, tinyJob } from "./tiny-job.ts";

const everything = { weightDecay: 1e-3, clipNorm: 0.5, smoothing: 0.1, learningRate: 1e-3 };

/** The principal network of every family, in the order of the model registry. */
const networks = architectures.filter(({ id, family }) => id === family).map(({ id }) => id);

// What a network's rows are compiled to and what an optimiser is do not know each other: a quick network is trained by all, and every other by one in turn.
test.each(Object.entries(optimizers))("alexnet by %s, ten steps", (_, optimizer) => {
  expectSameSteps("alexnet", { ...everything, optimizer }, 10, 1e-5);
});

const turns = networks.map((id, index) => [id, Object.keys(optimizers)[index % Object.keys(optimizers).length]!]);
test.each(turns)("%s by %s, three steps", (id, optimizer) => {
  expectSameSteps(id!, { ...everything, optimizer: optimizers[optimizer!]! }, 3, 1e-5);
});

test("decoupled decay and a running average of weights", () => {
  const beside = { ...everything, weightDecay: 0.1, weightDecayKind: "decoupled", averageDecay: 0.9 } as const;
  expectSameSteps("bn-inception", { ...beside, optimizer: optimizers.Adam! }, 2, 1e-5);
  expectSameSteps("alexnet", { ...beside, optimizer: optimizers["Nesterov's momentum"]! }, 10, 1e-5);
});

test.each([
  ["bfloat16", "eight", 0.03],
  ["float16", "eleven", 0.004],
] as const)("%s begins within its %s bits of float32 and learns beside it", (lower, _, first) => {
  const arms = (["float32", lower] as const).map((precision) =>
    smallArm("bn-inception", { ...everything, precision }, "compiled", 0.25),
  );
  const losses = [1, 2, 3].map((step) => {
    const batch = noise(32, 1, 16);
    const values = arms.map((arm) => stepArm(arm, batch, runLength, step).hardLoss);
    disposeBatch(batch);
    return values as [number, number];
  });
  expect(arms.map(({ program }) => program.refusal)).toEqual([null, null]);
  const apart = losses.map(([full, low]) => Math.abs(low / full - 1));
  expect(apart[0]).toBeGreaterThan(0);
  expect(apart[0]).toBeLessThan(first);
  // From here on the weights differ too, and each step carries that further.
  expect(Math.max(...apart)).toBeLessThan(0.15);
  expect(losses[2]![1]).toBeLessThan(0.75 * losses[0]![1]);
  for (const arm of arms) disposeArm(arm);
});

for (const id of ["alexnet-torchvision", "googlenet-torchvision", "inception-v3-torchvision"])
  test(`${id}, two steps`, () => {
    expectSameSteps(id, { ...everything, optimizer: optimizers.momentum! }, 2, 1e-5);
  });

test("nothing but the cross-entropy: no decay, no clipping, no dropout, no heads", () => {
  const plain = { weightDecay: 0, clipNorm: null, dropout: 0, auxiliaryWeight: 0 };
  expectSameSteps("alexnet", plain, 3, 1e-5);
});

test("a batch of another size is compiled on its own and goes on from the same weights", () => {
  const arms = (["compiled", "eager"] as const).map((run) => smallArm("alexnet", everything, run));
  const losses = arms.map((arm) =>
    [8, 5, 8].map((count, index) => {
      const batch = noise(32, index, count);
      const { objective } = stepArm(arm, batch, runLength, index + 1);
      disposeBatch(batch);
      return objective;
    }),
  );
  for (const [index, objective] of losses[0]!.entries())
    expect(Math.abs(objective / losses[1]![index]! - 1)).toBeLessThan(1e-5);
  expect(arms.map(({ program }) => program.refusal)).toEqual([null, "asked for"]);
  for (const arm of arms) disposeArm(arm);
});

test("a whole job tells the same: steps, looks with a last batch that is not full, and answers", async () => {
  const jobEvents = async () => {
    const { events, sink } = arraySink();
    await runTraining(
      await tinyJob([
        { epochs: 1, weightDecay: 1e-3 },
        { epochs: 1, smoothing: 0.1 },
      ]),
      sink,
      neverInterrupted,
    );
    return events;
  };
  const compiled = await jobEvents();
  process.env.STRATA_EAGER = "1";
  const eager = await jobEvents();
  delete process.env.STRATA_EAGER;

  const made = [compiled, eager].map((events) => eventsOf(events, "started")[0]!.madeBy);
  expect(made[0]).toMatchObject({ isCompiled: true, refusal: null });
  expect(made[1]).toMatchObject({ isCompiled: false, refusal: "asked for", precision: "float32" });
  for (const arm of [0, 1]) {
    const reference = stepValues(eager, arm, "objective");
    expect(reference).toHaveLength(5);
    for (const [step, value] of stepValues(compiled, arm, "objective").entries())
      expect(Math.abs(value / reference[step]! - 1)).toBeLessThan(1e-5);
  }
  const looks = eventsOf(eager, "evaluated");
  for (const [index, { result, confusion, predictions }] of eventsOf(compiled, "evaluated").entries()) {
    const reference = looks[index]!;
    for (const metric of ["hardLoss", "objective", "largestLogit", "top1"] as const)
      expect(result[metric]).toBeCloseTo(reference.result[metric]!, 4);
    expect(confusion).toEqual(reference.confusion);
    expect(predictions?.map(({ answer }) => answer)).toEqual(reference.predictions?.map(({ answer }) => answer));
  }
});

test("dropout masks change from step to step and repeat with the step's number", () => {
  // A rate of zero leaves the weights where they are.
  const arm = smallArm("alexnet", { ...everything, learningRate: 1e-30, dropout: 0.5 }, "compiled");
  const batch = noise(32, 1);
  const [first, second, again] = [1, 2, 1].map((step) => stepArm(arm, batch, runLength, step).objective);
  expect(second).not.toBe(first);
  expect(again).toBe(first);
  disposeBatch(batch);
  disposeArm(arm);
});
