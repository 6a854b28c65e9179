import { afterEach, beforeEach, expect, test } from "vitest";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import type { Interrupter } from "../../src-main/training/job.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { arraySink, eventsOf, neverInterrupted, stepsPerEpoch, stepValues, tinyJob } from "./tiny-job.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

async function train(arms: Parameters<typeof tinyJob>[0], seed?: number): Promise<TrainingEvent[]> {
  const { events, sink } = arraySink();
  await runTraining(await tinyJob(arms, seed), sink, neverInterrupted);
  return events;
}

const trainedOnce = new Map<string, Promise<TrainingEvent[]>>();
/** As `train`, and no second time for who asks for the same: for tests that only read what was told. */
function course(arms: Parameters<typeof tinyJob>[0]): Promise<TrainingEvent[]> {
  const name = JSON.stringify(arms);
  const events = trainedOnce.get(name) ?? train(arms);
  trainedOnce.set(name, events);
  return events;
}

test("a pair tells its story in order, and ends with one look at the test pictures", async () => {
  const events = await course([{ smoothing: 0 }, { smoothing: 0.1 }]);
  const story = events
    .filter((event) => !["preparing", "points", "time", "progress", "checkpoint"].includes(event.kind))
    .map((event) => {
      if (event.kind === "started" || event.kind === "weights" || event.kind === "ended")
        return `${event.kind} ${event.arm}`;
      if (event.kind === "answered") return `logits of ${event.split} ${event.arm}`;
      if (event.kind === "evaluated") return `${event.split} ${event.arm} epoch ${event.epoch} step ${event.step}`;
      return event.kind === "epoch-ended" ? `epoch ${event.epoch} ended` : event.kind;
    });
  expect(story).toEqual([
    "started 0",
    "started 1",
    "validation 0 epoch 1 step 5",
    "validation 1 epoch 1 step 5",
    "epoch 1 ended",
    "memory",
    "validation 0 epoch 2 step 10",
    "validation 1 epoch 2 step 10",
    "epoch 2 ended",
    "memory",
    "logits of validation 0",
    "logits of validation 1",
    "test 0 epoch 2 step 10",
    "logits of test 0",
    "test 1 epoch 2 step 10",
    "logits of test 1",
    "weights 0",
    "weights 1",
    "memory",
    "spent",
    "ended 0",
    "ended 1",
  ]);
  expect(events[0]).toMatchObject({ kind: "preparing" });

  const [first, second] = eventsOf(events, "started");
  expect(first).toMatchObject({ stepsPerEpoch, trainingObjectiveFloor: 0 });
  expect(second!.trainingObjectiveFloor).toBeCloseTo(0.5003, 4);
  expect(second!.initialWeightsHash).toBe(first!.initialWeightsHash);
  expect(eventsOf(events, "ended").map(({ reason, error }) => [reason, error])).toEqual([
    ["completed", null],
    ["completed", null],
  ]);
});

test("what it does is told before it does it, and every second of it is accounted for", async () => {
  const startedAt = process.uptime();
  const events = await train([{}]);
  const stages = events.flatMap((event) => (event.kind === "progress" ? [event.phase] : []));
  const changes = stages.filter((stage, index) => stage !== stages[index - 1]);
  // A checkpoint at an epoch's end is written where it is due, which is the clock's to say.
  expect(changes.filter((stage, index) => stage !== "saving" || index === changes.length - 1)).toEqual([
    ...["compiling", "training", "validating", "training", "validating", "testing", "saving"],
  ]);
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.indexOf("progress")).toBeLessThan(kinds.indexOf("started"));

  const [{ spent }] = eventsOf(events, "spent") as [Extract<TrainingEvent, { kind: "spent" }>];
  // The first of ten steps belongs to compiling; ten validation pictures twice and ten test pictures once.
  expect(spent).toMatchObject({ steps: 9, picturesLookedAt: 30, arms: 1 });
  expect(spent.seconds.starting).toBeCloseTo(startedAt, 0);
  for (const stage of ["preparing", "compiling", "training", "validating", "testing", "saving"] as const)
    expect([stage, spent.seconds[stage] > 0]).toEqual([stage, true]);
  const sum = Object.values(spent.seconds).reduce((total, one) => total + one, 0);
  expect(sum).toBeLessThanOrEqual(process.uptime());
  expect(sum).toBeGreaterThan(startedAt);
});

test("every step has its points, every look its metrics, and only the last look brings predictions", async () => {
  const events = await course([{}]);
  const points = eventsOf(events, "points").flatMap((event) => event.points);
  for (const metric of ["hardLoss", "objective", "learningRate"])
    expect(
      points.filter((point) => point.metric === metric && point.cadence === "batch").map(({ step }) => step),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (const metric of ["hardLoss", "objective", "top1", "top5", "ece", "largestLogit"])
    expect(
      points
        .filter((point) => point.metric === metric && point.cadence === "epoch")
        .map(({ split, step }) => [split, step]),
    ).toEqual([
      ["validation", 5],
      ["validation", 10],
      ["test", 10],
    ]);
  expect(points.filter((point) => point.metric === "imagesPerSecond").map(({ step }) => step)).toEqual([5, 10]);

  const looks = eventsOf(events, "evaluated");
  expect(looks.map(({ predictions }) => predictions?.length ?? null)).toEqual([null, null, 10]);
  expect(looks[2]!.predictions!.map(({ example }) => example)).toEqual([90, 91, 92, 93, 94, 95, 96, 97, 98, 99]);
  expect(looks[2]!.confusion.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(10);
});

test("pictures that fill no whole batch are one of their own, or are left out where that is asked for", async () => {
  // 80 pictures in batches of 24.
  const steps = async (dropLast: boolean) => stepValues(await train([{ batchSize: 24, dropLast }]), 0, "objective");
  const [all, whole] = [await steps(false), await steps(true)];
  expect([all.length, whole.length]).toEqual([8, 6]);
});

test("without test pictures the last look at the validation pictures brings the predictions", async () => {
  const job = await tinyJob([{}]);
  const examples = job.dataset.examples.filter((example) => example.split !== "test");
  const { events, sink } = arraySink();
  await runTraining({ ...job, dataset: { ...job.dataset, examples } }, sink, neverInterrupted);
  expect(eventsOf(events, "evaluated").map(({ split, predictions }) => [split, predictions?.length ?? null])).toEqual([
    ["validation", null],
    ["validation", 10],
  ]);
});

test("with no smoothing on either side the arms' losses are equal at every step", async () => {
  const events = await train([{ smoothing: 0 }, { smoothing: 0 }]);
  expect(stepValues(events, 0, "hardLoss")).toHaveLength(10);
  for (const metric of ["hardLoss", "objective"] as const)
    expect(stepValues(events, 1, metric)).toEqual(stepValues(events, 0, metric));
  const [first, second] = eventsOf(events, "evaluated").slice(-2);
  expect(second!.result).toEqual(first!.result);
});

test("arms that differ in smoothing begin from the same hard loss and then part", async () => {
  const events = await course([{ smoothing: 0 }, { smoothing: 0.1 }]);
  const [hard, smoothed] = [stepValues(events, 0, "hardLoss"), stepValues(events, 1, "hardLoss")];
  expect(smoothed[0]).toBe(hard[0]);
  expect(smoothed[9]).not.toBe(hard[9]);
});

test("the same seed gives the same losses, another seed others", async () => {
  const [once, again, other] = [await course([{}]), await train([{}], 1), await train([{}], 2)];
  expect(stepValues(again, 0, "objective")).toEqual(stepValues(once, 0, "objective"));
  expect(stepValues(other, 0, "objective")).not.toEqual(stepValues(once, 0, "objective"));
});

test("label noise changes what is trained on and not what is looked at", async () => {
  const events = await train([{ labelNoise: 0 }, { labelNoise: 1 }]);
  const [clean, noisy] = [0, 1].map((arm) => eventsOf(events, "evaluated").findLast((event) => event.arm === arm)!);
  expect(stepValues(events, 1, "objective")[0]).not.toBe(stepValues(events, 0, "objective")[0]);
  expect(stepValues(events, 1, "hardLoss")[0]).toBe(stepValues(events, 0, "hardLoss")[0]);
  expect(noisy!.predictions!.map(({ label }) => label)).toEqual(clean!.predictions!.map(({ label }) => label));
});

test("a stop acts within one batch and keeps everything so far", async () => {
  let reason: Interrupter["reason"] = null;
  const { events, sink } = arraySink();
  await runTraining(
    await tinyJob([{ epochs: 1000 }]),
    async (event) => {
      if (event.kind === "epoch-ended") reason = "stopped-by-person";
      await sink(event);
    },
    {
      get reason() {
        return reason;
      },
    },
  );
  expect(stepValues(events, 0, "hardLoss")).toHaveLength(stepsPerEpoch);
  expect(eventsOf(events, "evaluated").map(({ split }) => split)).toEqual(["validation"]);
  expect(events.at(-1)).toEqual({ kind: "ended", arm: 0, reason: "stopped-by-person", error: null });
});

test("a job that is stopped before its first picture ends at once", async () => {
  const { events, sink } = arraySink();
  await runTraining(await tinyJob([{}, {}]), sink, { reason: "engine-closed" });
  expect(eventsOf(events, "started")).toEqual([]);
  expect(eventsOf(events, "ended").map(({ reason }) => reason)).toEqual(["engine-closed", "engine-closed"]);
});

test("a loss that leaves the finite numbers ends the pair, and no such value is a point", async () => {
  const events = await train([{ clipNorm: 1 }, { clipNorm: null, learningRate: 100, optimizer: hotSgd }]);
  for (const ended of eventsOf(events, "ended"))
    expect(ended).toMatchObject({ reason: "not-finite", error: { code: "training.not-finite" } });
  const values = eventsOf(events, "points").flatMap((event) => event.points.map(({ value }) => value));
  expect(values.every(Number.isFinite)).toBe(true);
});

const hotSgd = { kind: "sgd", momentum: 0, isNesterov: false } as const;

test("a sink that cannot keep up holds training back", async () => {
  const { events, sink } = arraySink();
  let waiting = 0;
  let most = 0;
  await runTraining(
    await tinyJob([{ epochs: 1 }]),
    async (event) => {
      most = Math.max(most, ++waiting);
      await new Promise(setImmediate);
      await sink(event);
      waiting--;
    },
    neverInterrupted,
  );
  expect(most).toBe(1);
  expect(events.at(-1)).toMatchObject({ kind: "ended" });
});
