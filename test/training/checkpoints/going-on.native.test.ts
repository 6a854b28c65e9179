/** A job that ends before its time and goes on, in one process: what it says of its course is what one says that was left alone. */
import { cpSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TrainingSettings } from "../../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../../src-main/contract/events.ts";
import { tf } from "../../../src-main/tensorflow/runtime.ts";
import { jobHash } from "../../../src-main/training/checkpoints/manifest.ts";
import type { Interrupter, TrainingJob } from "../../../src-main/training/job.ts";
import { runTraining } from "../../../src-main/training/run-training.ts";
import { arraySink, eventsOf, neverInterrupted, stepsPerEpoch, tinyJob } from "../tiny-job.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

/** Everything that a step hangs on: slots, averages, moving statistics' like, dropout, augmentation, a schedule of the whole length. */
const settings: Partial<TrainingSettings> = {
  epochs: 4,
  averageDecay: 0.9,
  dropout: 0.3,
  augmentation: { flip: true, cropPaddingPixels: 4 },
};

let jobs = 0;
async function freshJob(arms: readonly Partial<TrainingSettings>[]): Promise<TrainingJob> {
  return { ...(await tinyJob(arms)), checkpointFolder: `going-on-${++jobs}` };
}

async function train(job: TrainingJob, interrupter: Interrupter = neverInterrupted): Promise<TrainingEvent[]> {
  const { events, sink } = arraySink();
  await runTraining(job, sink, interrupter);
  return events;
}

/** Pauses the job in the epoch after so many, when it has made so many steps of it. */
async function trainUntil(epochs: number, steps: number, job: TrainingJob): Promise<TrainingEvent[]> {
  const { events, sink } = arraySink();
  let reads = 0;
  const hasCome = () => eventsOf(events, "epoch-ended").length === epochs;
  await runTraining(job, sink, {
    get reason() {
      // Looked at once a batch, before its step.
      return hasCome() && reads++ >= steps ? "paused" : null;
    },
  });
  return events;
}

/** Value by arm, metric, split, cadence and step; a point that comes again replaces the one before, as in the record. */
function courseOf(...attempts: readonly (readonly TrainingEvent[])[]): Map<string, number> {
  const course = new Map<string, number>();
  for (const { arm, points } of attempts.flatMap((events) => eventsOf(events, "points")))
    for (const { metric, split, cadence, step, value } of points)
      if (metric !== "imagesPerSecond") course.set(`${arm} ${metric} ${split} ${cadence} ${step}`, value);
  return course;
}

const jobFolder = (job: TrainingJob) => join(job.paths.checkpoints, job.checkpointFolder);
/** As the engine names them: the latest first. */
function resumed(job: TrainingJob): TrainingJob {
  const steps = readdirSync(jobFolder(job)).filter((name) => /^\d+$/.test(name));
  return { ...job, resumeFrom: steps.sort((a, b) => Number(b) - Number(a)) };
}

describe("a job that is paused in the middle of an epoch", () => {
  test("goes on from that very step, and its course is that of one that was left alone", async () => {
    const arms = [{ ...settings }, { ...settings, smoothing: 0.1 }];
    const whole = await train(await freshJob(arms));
    const job = await freshJob(arms);
    const before = await trainUntil(2, 3, job);
    expect(eventsOf(before, "ended").map(({ reason }) => reason)).toEqual(["paused", "paused"]);
    // What it was is in the checkpoint; a file of weights is for runs that are over.
    expect(eventsOf(before, "weights")).toEqual([]);
    const pausedAt = eventsOf(before, "checkpoint").at(-1)!;
    expect(pausedAt).toMatchObject({ step: 2 * stepsPerEpoch + 3, epoch: 2, costs: [null, null] });

    const after = await train(resumed(job));
    expect(eventsOf(after, "resumed")).toEqual([{ kind: "resumed", step: pausedAt.step, errors: [] }]);
    const firstStep = Math.min(...eventsOf(after, "points").flatMap(({ points }) => points.map(({ step }) => step)));
    expect(firstStep).toBe(pausedAt.step + 1);
    expect(courseOf(before, after)).toEqual(courseOf(whole));
    // The time that each arm trained goes on too: what passed between the attempts is none of it.
    const [first, ...times] = [...eventsOf(before, "time"), ...eventsOf(after, "time")];
    expect([first?.step, times.at(-1)?.step]).toEqual([1, 4 * stepsPerEpoch]);
    expect(times.map(({ step }) => step)).toContain(pausedAt.step);
    const ofArms = [0, 1].map((arm) => times.map(({ trainingMillis }) => trainingMillis[arm]!));
    for (const millis of ofArms) expect(millis).toEqual(millis.toSorted((a, b) => a - b));
    expect(eventsOf(after, "time")[0]!.trainingMillis[0]).toBeGreaterThan(0);
    expect(eventsOf(after, "evaluated").slice(-2)).toEqual(eventsOf(whole, "evaluated").slice(-2));
    expect(eventsOf(after, "started").map(({ initialWeightsHash }) => initialWeightsHash)).toEqual(
      eventsOf(whole, "started").map(({ initialWeightsHash }) => initialWeightsHash),
    );
  });

  test.each(["rmsprop", "adam", "sgd"] as const)(
    "with %s, all that the optimiser remembers is there again",
    async (kind) => {
      const optimizer = {
        rmsprop: { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1, initialMeanSquare: 0 },
        adam: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
        sgd: { kind: "sgd", momentum: 0.9, isNesterov: true },
      } as const;
      const arms = [{ epochs: 2, optimizer: optimizer[kind] }];
      const whole = await train(await freshJob(arms));
      const job = await freshJob(arms);
      const before = await trainUntil(1, 2, job);
      expect(courseOf(before, await train(resumed(job)))).toEqual(courseOf(whole));
    },
  );
});

describe("a job that monitors training pictures and is paused in the middle of an epoch", () => {
  test("takes the mean over all of that epoch's pictures, those of its last, smaller batch among them", async () => {
    // 80 pictures: 24, 24, 24 and 8.
    const arms = [{ ...settings, batchSize: 24, monitor: { metric: "objective", split: "train" } as const }];
    const whole = await train(await freshJob(arms));
    const job = await freshJob(arms);
    const before = await trainUntil(2, 3, job);
    const course = courseOf(before, await train(resumed(job)));
    expect(course).toEqual(courseOf(whole));
    const means = [...course].filter(([name]) => name.startsWith("0 objective train epoch"));
    expect(means).toHaveLength(4);
    for (const [epoch, [, mean]] of means.entries()) {
      const [first, second, third, last] = [1, 2, 3, 4].map(
        (step) => course.get(`0 objective train batch ${4 * epoch + step}`)!,
      );
      expect(mean).toBeCloseTo((24 * (first! + second! + third!) + 8 * last!) / 80, 5);
    }
  });
});

describe("a checkpoint that is not what was written", () => {
  let saved: { readonly job: TrainingJob; readonly before: TrainingEvent[]; readonly whole: TrainingEvent[] };
  beforeAll(async () => {
    const job = await freshJob([{ epochs: 2 }]);
    const before = await trainUntil(1, 3, job);
    saved = { job, before, whole: await train(await freshJob([{ epochs: 2 }])) };
  });
  /** A copy of the two states that were saved once for all, and the events before them. */
  async function savedTwice(): Promise<{ job: TrainingJob; before: TrainingEvent[]; latest: string }> {
    const job = await freshJob([{ epochs: 2 }]);
    cpSync(jobFolder(saved.job), jobFolder(job), { recursive: true });
    const [latest] = resumed(job).resumeFrom!;
    return { job, before: saved.before, latest: join(jobFolder(job), latest!) };
  }
  const weightsOf = (folder: string) => join(folder, "arm-0.safetensors");

  test.each([
    [
      "is cut short",
      (folder: string) => truncateSync(weightsOf(folder), statSync(weightsOf(folder)).size - 1),
      /bytes instead of/,
    ],
    ["lost its weights", (folder: string) => rmSync(weightsOf(folder)), /is missing/],
    [
      "has other bytes",
      (folder: string) => writeFileSync(weightsOf(folder), Buffer.alloc(9), { flag: "r+" }),
      /not what was written/,
    ],
    ["lost its manifest", (folder: string) => rmSync(join(folder, "manifest.json")), /cannot be read/],
    [
      "has another manifest",
      (folder: string) => writeFileSync(join(folder, "manifest.json"), "{}"),
      /wrong formatVersion/,
    ],
  ])("that %s is told and passed over for the one before", async (_, damage, problem) => {
    const { job, before, latest } = await savedTwice();
    damage(latest);
    const after = await train(resumed(job));
    const [{ step, errors }] = eventsOf(after, "resumed") as [Extract<TrainingEvent, { kind: "resumed" }>];
    expect(step).toBe(stepsPerEpoch);
    expect(errors).toMatchObject([{ code: "checkpoint.damaged", problem: expect.stringMatching(problem) }]);
    expect(courseOf(before, after)).toEqual(courseOf(saved.whole));
  });

  test("where none is whole the job begins anew", async () => {
    const { job } = await savedTwice();
    const going = resumed(job);
    for (const step of going.resumeFrom!) truncateSync(weightsOf(join(jobFolder(job), step)), 100);
    const after = await train(going);
    expect(eventsOf(after, "resumed")).toMatchObject([{ step: 0, errors: [{}, {}] }]);
    expect(courseOf(after)).toEqual(courseOf(saved.whole));
  });

  test("the order in which settings are named makes no stranger", async () => {
    const job = await freshJob([{ learningRate: 0.01, epochs: 2 }]);
    const { training } = job.arms[0]!;
    const turned = Object.fromEntries(Object.entries(training).reverse()) as unknown as typeof training;
    expect(jobHash({ ...job, arms: [{ ...job.arms[0]!, training: turned }] })).toBe(jobHash(job));
  });

  test("one of other settings is a stranger's", async () => {
    const { job } = await savedTwice();
    const other = await freshJob([{ epochs: 2, learningRate: 0.0123 }]);
    mkdirSync(other.paths.checkpoints, { recursive: true });
    cpSync(jobFolder(job), jobFolder(other), { recursive: true });
    const after = await train(resumed(other));
    expect(eventsOf(after, "resumed")).toMatchObject([
      { step: 0, errors: [{ code: "checkpoint.foreign" }, { code: "checkpoint.foreign" }] },
    ]);
  });
});

test("a checkpoint that cannot be written is told, and costs no step", async () => {
  const job = await freshJob([{ epochs: 2 }]);
  mkdirSync(job.paths.checkpoints, { recursive: true });
  // A file where the folder should be, which no right to write overcomes.
  writeFileSync(jobFolder(job), "in the way");
  const events = await train(job);
  expect(eventsOf(events, "checkpoint-failed")[0]).toMatchObject({ error: { code: "checkpoint.not-written" } });
  expect(eventsOf(events, "ended")).toMatchObject([{ reason: "completed", error: null }]);
});
