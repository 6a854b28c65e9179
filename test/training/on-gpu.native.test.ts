/**
 * What can be seen of a GPU on a GPU alone. Left out where TensorFlow sees none, which is said in the name; it has run on no machine yet. Whatever trains here
 * does so in processes of its own, as in the app, so that each has its own settings.
 */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import {
  precision as precisions,
  runConfiguration,
  type TrainingSettings,
} from "../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import type { Gpu } from "../../src-main/contract/machine.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";
import { askTrainer } from "../../src-main/engine/trainer/ask-trainer.ts";
import { startTrainer } from "../../src-main/engine/trainer/trainer-process.ts";
import { architectures } from "../../src-main/models/registry.ts";
import { isForGpus } from "../../src-main/platform/gpu-findings.ts";
import { nativeFolder } from "../../src-main/platform/native.ts";
import { lookForGpus } from "../../src-main/platform/nvidia.ts";
import { predictGpuBytes } from "../../src-main/training/measuring/predict-gpu-memory.ts";
import { eventsOf, stepValues, tinyJob } from "./tiny-job.ts";

const entry = fileURLToPath(new URL("../../src-main/entrypoints/trainer.ts", import.meta.url));
const never = new AbortController().signal;

/** The GPU with most memory free, or why there is none to test on. */
async function gpuHere(): Promise<Gpu | string> {
  if (!isForGpus(nativeFolder())) return "TensorFlow is its build for the processor";
  const { smi } = await lookForGpus();
  if (smi === null) return "there is no nvidia-smi";
  if ("problem" in smi) return smi.problem;
  const [gpu] = smi.toSorted((a, b) => (b.freeBytes ?? 0) - (a.freeBytes ?? 0));
  if (gpu === undefined) return "nvidia-smi lists none";
  const answer = await askTrainer(entry, { kind: "report" }, never, { CUDA_VISIBLE_DEVICES: gpu.uuid });
  const isSeen = answer.kind === "report" && answer.report.devices.some((device) => device.startsWith("GPU"));
  return isSeen ? gpu : "TensorFlow sees none: npm start -- doctor says why";
}

const here = await gpuHere();
const isLeftOut = typeof here === "string";
const uuid = isLeftOut ? "" : here.uuid;
const onGpu = { CUDA_VISIBLE_DEVICES: uuid };
const onProcessor = { CUDA_VISIBLE_DEVICES: "-1" };

async function train(
  settings: Partial<TrainingSettings>,
  environment: NodeJS.ProcessEnv = onGpu,
  look: (() => Promise<void>) | null = null,
): Promise<readonly TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  const trainer = startTrainer(
    entry,
    (message) => {
      if (message.kind !== "event") return;
      events.push(message.event);
      trainer.send({ kind: "received" });
    },
    environment,
  );
  let isOver = false;
  trainer.send({ kind: "train", job: await tinyJob([settings]) });
  const looking = (async () => {
    while (look !== null && !isOver) await look();
  })();
  const { code } = await trainer.exited;
  isOver = true;
  await looking;
  expect(code).toBe(0);
  return events;
}

const objectives = (events: readonly TrainingEvent[]) => stepValues(events, 0, "objective");
function largestDifference(a: readonly number[], b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, index) => Math.abs(value - b[index]!) / Math.abs(b[index]!)));
}

async function freeBytes(): Promise<number> {
  const { smi } = await lookForGpus();
  const gpu = smi === null || "problem" in smi ? undefined : smi.find((one) => one.uuid === uuid);
  return gpu?.freeBytes ?? Number.NaN;
}

/** The most memory that was taken while it trained. */
async function mostTaken(settings: Partial<TrainingSettings>): Promise<number> {
  const before = await freeBytes();
  let least = before;
  await train({ epochs: 4, ...settings }, onGpu, async () => {
    least = Math.min(least, await freeBytes());
  });
  return before - least;
}

describe.skipIf(isLeftOut)(`on a GPU${isLeftOut ? ` (left out: ${here})` : `, ${here.name}`}`, () => {
  test("a run says which GPU made it, and that its step was compiled", async () => {
    const events = await train({ epochs: 1 });
    const gpu = isLeftOut ? null : { name: here.name, memoryBytes: here.memoryBytes, driver: here.driver };
    expect(eventsOf(events, "started")).toMatchObject([
      { madeBy: { device: "GPU", gpu, isCompiled: true, refusal: null } },
    ]);
    expect(eventsOf(events, "ended")).toMatchObject([{ reason: "completed", error: null }]);
  });

  test("without TF32 its losses are the processor's but for rounding, with it near them", async () => {
    const ofProcessor = objectives(await train({}, onProcessor));
    expect(largestDifference(objectives(await train({ tf32: false })), ofProcessor)).toBeLessThan(1e-3);
    expect(largestDifference(objectives(await train({ tf32: true })), ofProcessor)).toBeLessThan(3e-2);
  });

  test("with deterministic operations it repeats to the last bit", async () => {
    const settings = { deterministicOps: true, dropout: 0.5 };
    expect(objectives(await train(settings))).toEqual(objectives(await train(settings)));
  });

  test("a compiled step is the step op by op but for rounding", async () => {
    const settings = { deterministicOps: true, tf32: false };
    const opByOp = objectives(await train(settings, { ...onGpu, STRATA_EAGER: "1" }));
    expect(largestDifference(objectives(await train(settings)), opByOp)).toBeLessThan(1e-3);
  });

  test("memory is taken as it is needed, no more than was predicted; all of it where that is switched off", async () => {
    const { arms, dataset } = await tinyJob([{}]);
    const grown = await mostTaken({});
    expect(grown).toBeGreaterThan(0);
    expect(grown).toBeLessThanOrEqual(predictGpuBytes(arms, { classes: dataset.classNames.length }));
    expect(await mostTaken({ gpuMemoryGrowth: false })).toBeGreaterThan(0.5 * (await freeBytes()));
  });

  const measured = (id: string, changes: Partial<TrainingSettings>) => {
    const { model, training } = trainDefaults({ id });
    const arm = { dataset: { kind: "drawn" }, model, training: { ...training, ...changes }, seed: 1 };
    const command = { kind: "measure", classes: 10, steps: 1, enoughSeconds: 0 } as const;
    return askTrainer(entry, { ...command, arms: [runConfiguration.parse(arm)] }, never, onGpu);
  };

  test.each(architectures.map(({ id }) => id))("%s takes compiled steps in every precision", async (id) => {
    for (const precision of precisions.options) {
      const answer = await measured(id, { batchSize: 8, precision });
      expect(answer).toMatchObject({ kind: "measured", costs: { device: "GPU", refusal: null } });
    }
  });

  test("a batch that the GPU cannot hold ends with the code for it, and a smaller one is proposed", async () => {
    const { model, training } = trainDefaults({ id: "vgg16", inputPixels: 224, width: 1 });
    const arm = { dataset: { kind: "drawn" }, model, training: { ...training, batchSize: 4_096 }, seed: 1 };
    const command = { kind: "measure", classes: 10, steps: 1, enoughSeconds: 0 } as const;
    await expect(
      askTrainer(entry, { ...command, arms: [runConfiguration.parse(arm)] }, never, onGpu),
    ).rejects.toMatchObject({ code: "training.out-of-memory" });
  });
});
