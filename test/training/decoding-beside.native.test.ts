/** Pictures that are decoded while training goes on: what a run gives does not hang on which of them were there before. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TrainingSettings } from "../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { jobHash } from "../../src-main/training/checkpoints/manifest.ts";
import type { Interrupter, TrainingJob } from "../../src-main/training/job.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { temporaryFolder, writeFiles } from "../support/picture-folder.ts";
import { arraySink, eventsOf, neverInterrupted, tinyJob } from "./tiny-job.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
  // One thread decodes, so that training comes first at times and decoding at others.
  vi.stubEnv("STRATA_THREADS", "1");
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
  vi.unstubAllEnvs();
});

const counts = { train: 44, val: 6, test: 6 };
const brokenNames = [
  "test/b/4.png",
  "train/a/20.png",
  "train/a/3.png",
  "train/b/7.png",
  "train/b/8.png",
  "val/a/0.png",
];

function noisy(sidePixels: number, mean: number) {
  const noise = { type: "gaussian", mean, sigma: 30 } as const;
  return sharp({ create: { width: sidePixels, height: sidePixels, channels: 3, noise, background: "black" } });
}
/** Large as photographs are, so that they take a while. */
async function noisyFiles(): Promise<Record<string, Uint8Array>> {
  const files: Record<string, Uint8Array> = {};
  for (const [split, count] of Object.entries(counts))
    for (const [label, name] of ["a", "b"].entries())
      for (let number = 0; number < count; number++) {
        const stem = `${split}/${name}/${number}`;
        const mean = 90 + 60 * label;
        if (brokenNames.includes(`${stem}.png`)) files[`${stem}.png`] = await noisy(100, mean).png().toBuffer();
        else files[`${stem}.jpg`] = await noisy(900, mean).jpeg().toBuffer();
      }
  return files;
}
/** Nobody sees that a PNG breaks off before it is decoded. */
const halved = (files: Readonly<Record<string, Uint8Array>>, names: readonly string[]) => ({
  ...files,
  ...Object.fromEntries(names.map((name) => [name, files[name]!.subarray(0, files[name]!.length / 2)])),
});
const without = (files: Readonly<Record<string, Uint8Array>>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));

// Eleven whole batches of eight.
const settings: Partial<TrainingSettings> = { epochs: 2, batchSize: 8, averageDecay: 0.9, dropout: 0.3 };
const augmentation = { flip: true, cropPaddingPixels: 2 };

async function jobOn(
  files: Readonly<Record<string, Uint8Array>>,
  arms: readonly Partial<TrainingSettings>[] = [{ ...settings, augmentation }],
): Promise<TrainingJob & { readonly folder: string }> {
  const folder = writeFiles(temporaryFolder(), files);
  const source = { kind: "folder", path: folder } as const;
  const job = await tinyJob(arms);
  return {
    ...{ ...job, folder, dataset: await openDataset(source), paths: pathsOf(temporaryFolder()) },
    arms: job.arms.map((arm) => ({ ...arm, dataset: source })),
  };
}

async function train(job: TrainingJob, interrupter: Interrupter = neverInterrupted): Promise<TrainingEvent[]> {
  const { events, sink } = arraySink();
  await runTraining(job, sink, interrupter);
  return events;
}
/** Paused once so many steps of its first epoch are done. */
async function pausedAfter(steps: number, job: TrainingJob): Promise<TrainingEvent[]> {
  const { events, sink } = arraySink();
  const stepsDone = () =>
    Math.max(0, ...eventsOf(events, "progress").flatMap(({ phase, step }) => (phase === "training" ? step : 0)));
  await runTraining(job, sink, {
    get reason() {
      return stepsDone() >= steps ? "paused" : null;
    },
  });
  return events;
}
const resumed = (job: TrainingJob): TrainingJob => ({
  ...job,
  resumeFrom: readdirSync(join(job.paths.checkpoints, job.checkpointFolder)),
});
const forgetPictures = (job: TrainingJob) => rmSync(job.paths.pictureCache, { recursive: true, force: true });

/** Value by metric, split, cadence and step, and what each evaluation answered. */
function courseOf(...attempts: readonly (readonly TrainingEvent[])[]) {
  const points = new Map<string, number>();
  const events = attempts.flat();
  for (const { metric, split, cadence, step, value } of eventsOf(events, "points").flatMap((event) => event.points))
    if (metric !== "imagesPerSecond") points.set(`${metric} ${split} ${cadence} ${step}`, value);
  const looks = eventsOf(events, "evaluated").map(({ split, epoch, result }) => ({ split, epoch, result }));
  return { points, looks };
}
const endOf = (events: readonly TrainingEvent[]) => {
  const [ended] = eventsOf(events, "ended");
  return [ended?.reason, ended?.error?.code];
};
const skippedIn = (events: readonly TrainingEvent[]) =>
  eventsOf(events, "pictures-skipped").at(-1)?.names.toSorted() ?? [];
/** Pictures decoded and in all, as last told before the first step that was told, and last of all. */
function decodedIn(events: readonly TrainingEvent[]) {
  const firstStep = events.findIndex((event) => event.kind === "progress" && event.step > 0);
  const before = eventsOf(events.slice(0, firstStep), "preparing").at(-1)!;
  const last = eventsOf(events, "preparing").at(-1)!;
  return { before: before.done, last: last.done, total: last.total };
}

const files = await noisyFiles();
const withBroken = halved(files, brokenNames);

let wholeCourse: Promise<ReturnType<typeof courseOf>> | undefined;
/** Of one that was left alone, trained once for the tests that compare with it. */
function whole(): Promise<ReturnType<typeof courseOf>> {
  wholeCourse ??= jobOn(withBroken)
    .then((job) => train(job))
    .then((events) => courseOf(events));
  return wholeCourse;
}

test("a run begins before all pictures are decoded, and ends as one that found them decoded, broken ones among them", async () => {
  const job = await jobOn(withBroken);
  const fresh = await train(job);
  const { before, last, total } = decodedIn(fresh);
  expect(before).toBeLessThan(total);
  expect([last, total]).toEqual([112, 112]);
  expect(skippedIn(fresh)).toEqual(brokenNames.toSorted());

  const cached = await train(job);
  expect(decodedIn(cached)).toEqual({ before: 112, last: 112, total: 112 });
  expect(skippedIn(cached)).toEqual(brokenNames.toSorted());
  expect(courseOf(cached)).toEqual(courseOf(fresh));
  expect(endOf(cached)).toEqual(["completed", undefined]);
  expect(eventsOf(cached, "started")[0]!.stepsPerEpoch).toBe(11);
  expect(courseOf(fresh).looks.map(({ split, result }) => [split, result.pictures])).toEqual([
    ["validation", 11],
    ["validation", 11],
    ["test", 11],
  ]);
});

test("a run whose pictures are none of them broken has the course that it had when all were decoded first", async () => {
  const job = await jobOn(files);
  const fresh = courseOf(await train(job));
  expect(courseOf(await train(job))).toEqual(fresh);
  expect(fresh.points.size).toBeGreaterThan(0);
});

test.each([true, false])(
  "a run that ends in its first epoch goes on from there, to the same values, with its pictures kept: %s",
  async (areKept) => {
    const job = await jobOn(withBroken);
    const before = await pausedAfter(3, job);
    expect(endOf(before)).toEqual(["paused", undefined]);
    const { last, total } = decodedIn(before);
    expect(last).toBeLessThan(total);
    if (!areKept) forgetPictures(job);
    const after = await train(resumed(job));
    expect(eventsOf(after, "resumed")[0]!.step).toBeGreaterThanOrEqual(3);
    expect(courseOf(before, after)).toEqual(await whole());
  },
);

describe("a run that began when broken pictures were left out of the order", () => {
  test("goes on so, and says so in its next states", async () => {
    // What made its first state left them out: it trained as if they were not there.
    const plain = [{ ...settings, augmentation: { flip: false, cropPaddingPixels: 0 } }];
    const clean = await jobOn(without(files, brokenNames), plain);
    const whole = courseOf(await train(clean));

    const job = await jobOn(withBroken, plain);
    const old = { ...clean, paths: job.paths };
    const first = await pausedAfter(3, old);
    expect(endOf(first)).toEqual(["paused", undefined]);
    for (const step of resumed(old).resumeFrom!) {
      const path = join(job.paths.checkpoints, job.checkpointFolder, step, "manifest.json");
      const { sha256: _, brokenPictures: __, ...rest } = JSON.parse(readFileSync(path, "utf8"));
      writeFileSync(path, JSON.stringify({ ...rest, jobHash: jobHash(job) }));
    }
    const after = await train(resumed(job));
    expect(eventsOf(after, "resumed")).toMatchObject([{ errors: [] }]);
    expect(courseOf(first, after)).toEqual(whole);
    const later = resumed(job).resumeFrom!.toSorted((a, b) => Number(b) - Number(a))[0]!;
    const written = readFileSync(join(job.paths.checkpoints, job.checkpointFolder, later, "manifest.json"), "utf8");
    expect(JSON.parse(written)).toMatchObject({ brokenPictures: "left out" });
  });
});

test("a stop while a batch waits for its pictures ends the run before they are there", async () => {
  const job = await jobOn(files);
  const events = await pausedAfter(1, job);
  expect(endOf(events)).toEqual(["paused", undefined]);
  const { last, total } = decodedIn(events);
  expect(last).toBeLessThan(total);
  // What was decoded is kept.
  expect(decodedIn(await train(resumed(job))).before).toBeGreaterThanOrEqual(last);
});

test("a picture that was changed since ends the run with that reason once it is come to", async () => {
  const job = await jobOn(files);
  for (const name of ["test/a/5.jpg", "test/b/5.jpg"]) writeFileSync(join(job.folder, name), files["val/a/1.jpg"]!);
  const events = await train(job);
  expect(endOf(events)).toEqual(["error", "data.changed"]);
  expect(courseOf(events).points.size).toBeGreaterThan(0);
});

test("a class that loses every training picture ends the run, in its first epoch or before it", async () => {
  const thirdClass = await noisy(100, 60).png().toBuffer();
  const job = await jobOn(halved({ ...files, "train/c/0.png": thirdClass }, ["train/c/0.png"]));
  expect(endOf(await train(job))).toEqual(["error", "data.too-few"]);
  const cached = await train(job);
  expect(endOf(cached)).toEqual(["error", "data.too-few"]);
  expect(eventsOf(cached, "started")).toEqual([]);
});
