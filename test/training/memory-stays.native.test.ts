/** In a training process of its own, as every job is: this one's own memory would stand in the way. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runConfiguration } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { realTrainer } from "../../src-main/engine/machine/diagnose.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";
import { startTrainer } from "../../src-main/engine/trainer/trainer-process.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { predictPeakBytes } from "../../src-main/training/measuring/predict-memory.ts";
import { eventsOf } from "./tiny-job.ts";

test("ten epochs of two thousand pictures leave memory and tensors as the third did, within a fifth of what was predicted", async () => {
  const home = mkdtempSync(join(tmpdir(), "strata-memory-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const source = drawnSource.parse({ kind: "drawn", pictures: 2_000 });
  const dataset = await openDataset(source);
  const { model, training } = trainDefaults({ id: "lenet5" });
  const settings = { ...training, epochs: 10, batchSize: 32 };
  const arm = runConfiguration.parse({ dataset: source, model, training: settings, seed: 1 });
  const events: TrainingEvent[] = [];
  const trainer = startTrainer(realTrainer, (message) => {
    if (message.kind !== "event") return;
    events.push(message.event);
    trainer.send({ kind: "received" });
  });
  const job = { dataset, arms: [arm], paths: pathsOf(home), checkpointFolder: "job", resumeFrom: null };
  trainer.send({ kind: "train", job });
  await trainer.exited;

  expect(events.at(-1)).toMatchObject({ kind: "ended", reason: "completed" });
  const looks = eventsOf(events, "memory");
  const [third, last] = [looks[2]!, looks[9]!];
  expect([third.epoch, last.epoch]).toEqual([3, 10]);
  expect(last.tensors).toBe(third.tensors);
  expect(looks.at(-1)?.leakedTensors).toBe(0);
  expect(last.residentBytes).toBeLessThan(1.05 * third.residentBytes + 20e6);
  const predicted = predictPeakBytes([arm], { classes: dataset.classNames.length, pictures: 2_000 });
  expect(predicted / looks.at(-1)!.peakBytes).toBeGreaterThan(0.8);
  expect(predicted / looks.at(-1)!.peakBytes).toBeLessThan(1.2);
});
