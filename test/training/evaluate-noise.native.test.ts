/** Pictures with a wrong label and the others, as they are answered after each epoch. */
import { expect, test } from "vitest";
import { buildArm, disposeArm } from "../../src-main/training/arm.ts";
import { evaluateArms } from "../../src-main/training/evaluate.ts";
import { prepareJob } from "../../src-main/training/prepare.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { arraySink, eventsOf, neverInterrupted, stepsPerEpoch, tinyJob } from "./tiny-job.ts";

/** Weights stay as they were drawn, so that what is told can be found again. */
const still = { learningRate: 1e-12, weightDecay: 0 } as const;

test("the shares are those of the answers, by the labels given and by the true ones; an arm without noise has none", async () => {
  const job = await tinyJob([{ ...still, labelNoise: 0.3 }, still]);
  const { events, sink } = arraySink();
  await runTraining(job, sink, neverInterrupted);

  const prepared = (await prepareJob(job, async () => {}, neverInterrupted))!;
  await prepared.cache.whole();
  const arm = buildArm(job.arms[0]!, job.dataset);
  const examples = prepared.splits.train;
  const [found] = (await evaluateArms({
    ...{ arms: [arm], examples, cache: prepared.cache, batchSize: 16, interrupter: neverInterrupted },
  }))!;
  const answers = new Map(found!.predictions.map(({ example, answer }) => [example, answer]));
  const given = new Map(examples.map(({ index }) => [index, arm.givenLabels[index]!]));
  disposeArm(arm);
  await prepared.cache.close();

  const isWrong = ({ index, label }: (typeof examples)[number]) => given.get(index) !== label;
  const wrong = examples.filter(isWrong);
  const clean = examples.filter((example) => !isWrong(example));
  expect([wrong.length, clean.length]).toEqual([24, 56]);
  const share = (of: typeof examples, label: (example: (typeof examples)[number]) => number) =>
    of.filter((example) => answers.get(example.index) === label(example)).length / of.length;
  const points = eventsOf(events, "points").flatMap(({ arm: at, points }) =>
    points
      .filter(({ metric }) => /^(clean|flipped)/.test(metric))
      .map(({ metric, split, cadence, step, value }) => [at, metric, split, cadence, step, value]),
  );
  expect(points).toEqual(
    [1, 2].flatMap((epoch) =>
      Object.entries({
        cleanTop1: share(clean, ({ label }) => label),
        flippedTrueTop1: share(wrong, ({ label }) => label),
        flippedGivenTop1: share(wrong, ({ index }) => given.get(index)!),
      }).map(([metric, value]) => [0, metric, "train", "epoch", epoch * stepsPerEpoch, value]),
    ),
  );
});

test("with every label wrong there is no clean picture to tell of, and noise to the next class trains", async () => {
  const { events, sink } = arraySink();
  await runTraining(await tinyJob([{ labelNoise: 1, labelNoiseKind: "pair", epochs: 1 }]), sink, neverInterrupted);
  const told = eventsOf(events, "points").flatMap(({ points }) => points.map(({ metric }) => metric));
  expect(told.includes("cleanTop1")).toBe(false);
  expect(told.filter((metric) => metric.startsWith("flipped")).sort()).toEqual(["flippedGivenTop1", "flippedTrueTop1"]);
});

test("noise by a matrix is told of the same way, and of clean pictures as many as it leaves", async () => {
  const matrix = { labelNoiseKind: "matrix", noiseMatrix: "one,two,0.5" } as const;
  const job = await tinyJob([{ ...still, ...matrix, labelNoise: 1, epochs: 1 }]);
  const [from, to] = job.dataset.classNames.slice(0, 2) as [string, string];
  const named = { ...job.arms[0]!, training: { ...job.arms[0]!.training, noiseMatrix: `${from},${to},0.5` } };
  const arm = buildArm(named, job.dataset);
  const trained = job.dataset.examples.filter(({ split }) => split === "train");
  const ofClass = trained.filter(({ label }) => label === 0);
  const wrong = trained.filter(({ index, label }) => arm.givenLabels[index] !== label);
  const { wrongShare } = arm;
  disposeArm(arm);
  expect(wrong.length).toBe(Math.round(ofClass.length / 2));
  expect(wrong.every(({ index, label }) => label === 0 && arm.givenLabels[index] === 1)).toBe(true);
  expect(wrongShare).toBe(wrong.length / trained.length);

  const { events, sink } = arraySink();
  await runTraining({ ...job, arms: [named] }, sink, neverInterrupted);
  const told = eventsOf(events, "points").flatMap(({ points }) => points.map(({ metric }) => metric));
  expect(told.filter((metric) => /^(clean|flipped)/.test(metric)).sort()).toEqual([
    "cleanTop1",
    "flippedGivenTop1",
    "flippedTrueTop1",
  ]);
});
