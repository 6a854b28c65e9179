/** A run that stops early ends with its best epoch: in its weights, its figures and its answers. */
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import type { TrainingSettings } from "../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import { openWeights } from "../../src-main/models/weights-file.ts";
import { evaluationOf } from "../../src-main/training/evaluation.ts";
import type { TrainingJob } from "../../src-main/training/job.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { arraySink, eventsOf, neverInterrupted, stepsPerEpoch, tinyJob } from "./tiny-job.ts";

/** So high a rate that the loss soon rises. */
const hot: Partial<TrainingSettings> = {
  epochs: 30,
  optimizer: { kind: "sgd", momentum: 0.9, isNesterov: false },
  learningRate: 0.3,
  schedule: { kind: "constant" },
  clipNorm: 2,
  earlyStopping: { patienceEpochs: 2, minDelta: 0 },
};

async function train(job: TrainingJob): Promise<TrainingEvent[]> {
  const { events, sink } = arraySink();
  await runTraining(job, sink, neverInterrupted);
  return events;
}
const named = async (name: string, arms: readonly Partial<TrainingSettings>[]): Promise<TrainingJob> => ({
  ...(await tinyJob(arms)),
  checkpointFolder: `early-${name}`,
});
/** That a hot pair came to, trained once for the tests that look at it. */
let hotPair: { readonly job: TrainingJob; readonly events: readonly TrainingEvent[] };
beforeAll(async () => {
  const job = await named("pair", [hot, { ...hot, smoothing: 0.3 }]);
  hotPair = { job, events: await train(job) };
});
const losses = (events: readonly TrainingEvent[], arm: number): number[] =>
  eventsOf(events, "evaluated")
    .filter((event) => event.arm === arm && event.split === "validation" && event.predictions === null)
    .map(({ result }) => result.hardLoss!);

test("the run ends after its patience, and its test figures are those of its best epoch", async () => {
  const events = await train(await named("single", [hot]));
  const looks = losses(events, 0);
  const best = looks.indexOf(Math.min(...looks)) + 1;
  expect(looks).toHaveLength(best + 2);
  expect(eventsOf(events, "ended")).toEqual([{ kind: "ended", arm: 0, reason: "stopped-early", error: null }]);
  expect(eventsOf(events, "restored")).toEqual([{ kind: "restored", arm: 0, epoch: best }]);

  // One that trains just as long as to its best epoch answers the test pictures alike.
  const short = await train(await named("short", [{ ...hot, epochs: best, earlyStopping: null }]));
  const [restored, reached] = [events, short].map(
    (all) => eventsOf(all, "evaluated").find(({ split }) => split === "test")!,
  );
  expect(restored!.result).toEqual(reached!.result);
  expect(restored!.predictions).toEqual(reached!.predictions);
});

test("the epoch of the restored weights stands with them: in their file, in the look at the test pictures and in its points", async () => {
  const { job, events } = hotPair;
  const restored = eventsOf(events, "restored");
  expect(restored).not.toHaveLength(0);
  for (const { arm, epoch } of restored) {
    const step = epoch * stepsPerEpoch;
    const test = eventsOf(events, "evaluated").find((event) => event.arm === arm && event.split === "test");
    expect(test).toMatchObject({ epoch, step, confusion: { epoch } });
    const points = eventsOf(events, "points").filter((event) => event.arm === arm);
    const ofTest = points.flatMap((event) => event.points).filter(({ split }) => split === "test");
    expect(new Set(ofTest.map((point) => `${point.epoch} ${point.step}`))).toEqual(new Set([`${epoch} ${step}`]));
    const { kept } = eventsOf(events, "weights").find((event) => event.arm === arm)!;
    const file = openWeights(join(job.paths.weights, kept!.file));
    file.close();
    expect(file.description.trained).toMatchObject({ epoch, step, endReason: "stopped-early" });
  }
});

test("without test pictures the answers to the validation pictures are those of the best epoch", async () => {
  const job = await named("no-test", [hot]);
  const examples = job.dataset.examples.filter(({ split }) => split !== "test");
  const events = await train({ ...job, dataset: { ...job.dataset, examples } });
  const looks = losses(events, 0);
  const best = looks.indexOf(Math.min(...looks)) + 1;
  const last = eventsOf(events, "evaluated").at(-1)!;
  expect(last).toMatchObject({ split: "validation", epoch: best, result: { hardLoss: looks[best - 1] } });
  expect(last.predictions).toHaveLength(10);
});

test("a pair goes on until neither arm gains, and each arm keeps its own best", async () => {
  const { events } = hotPair;
  const both = [losses(events, 0), losses(events, 1)];
  expect(both[0]).toHaveLength(both[1]!.length);
  const best = both.map((looks) => looks.indexOf(Math.min(...looks)) + 1);
  expect(both[0]!.length).toBe(Math.max(...best) + 2);
  expect(eventsOf(events, "restored").map(({ epoch }) => epoch)).toEqual(best);
});

test("the logits that are kept are those of the restored weights, on validation and on test pictures", () => {
  const { job, events } = hotPair;
  for (const [arm, { training }] of job.arms.entries()) {
    const told = eventsOf(events, "answered").filter((event) => event.arm === arm);
    expect(told.map(({ split }) => split)).toEqual(["validation", "test"]);
    for (const { split, epoch, ...answers } of told) {
      const look = eventsOf(events, "evaluated").find(
        (event) => event.arm === arm && event.split === split && event.epoch === epoch,
      )!;
      expect(epoch).toBe(eventsOf(events, "restored").find((event) => event.arm === arm)!.epoch);
      expect(answers.labels).toHaveLength(look.result.pictures);
      expect(evaluationOf(answers, "cross-entropy", training.smoothing, 0).result.hardLoss).toBe(look.result.hardLoss);
    }
  }
});

/** Of each arm's epoch: what the checkpoint after it tells that the best is chosen by. */
const costsIn = (events: readonly TrainingEvent[]) =>
  new Map(eventsOf(events, "checkpoint").map(({ epoch, costs }) => [epoch, costs[0]]));

test("the best is the epoch of the highest value where a metric is monitored of which more is better", async () => {
  const warm = { ...hot, learningRate: 0.02, earlyStopping: { patienceEpochs: 3, minDelta: 0 } };
  const monitored = { ...warm, monitor: { metric: "top1", split: "validation" } } as const;
  const events = await train(await named("top1", [monitored]));
  const looks = eventsOf(events, "evaluated").filter(({ split, predictions }) => split !== "test" && !predictions);
  const shares = looks.map(({ result }) => result.top1!);
  const best = shares.indexOf(Math.max(...shares)) + 1;

  expect(shares).toHaveLength(best + 3);
  expect(eventsOf(events, "restored")).toEqual([{ kind: "restored", arm: 0, epoch: best }]);
  expect(costsIn(events).get(best)).toBe(-Math.max(...shares));
  // Neither the lowest share nor the lowest loss stands there.
  expect(best).not.toBe(shares.indexOf(Math.min(...shares)) + 1);
  expect(best).not.toBe(losses(events, 0).indexOf(Math.min(...losses(events, 0))) + 1);
});

test("of training pictures it is the mean over each epoch's batches", async () => {
  const monitored = { ...hot, epochs: 4, monitor: { metric: "objective", split: "train" } } as const;
  const job = await named("train", [monitored]);
  const events = await train(job);
  const points = eventsOf(events, "points").flatMap((event) => event.points);
  const ofTrain = points.filter(({ metric, split }) => metric === "objective" && split === "train");
  const means = ofTrain.filter(({ cadence }) => cadence === "epoch");
  expect(means.length).toBeGreaterThan(1);
  for (const { epoch, value, step } of means) {
    const batches = ofTrain.filter((point) => point.cadence === "batch" && point.epoch === epoch);
    expect(step).toBe(epoch * stepsPerEpoch);
    expect(batches).toHaveLength(stepsPerEpoch);
    expect(value).toBe(batches.reduce((sum, point) => sum + point.value, 0) / stepsPerEpoch);
    if (costsIn(events).has(epoch)) expect(costsIn(events).get(epoch)).toBe(value);
  }
});
