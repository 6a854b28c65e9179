import { createHash } from "node:crypto";
import { appendFileSync, copyFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TrainingSettings } from "../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import { centredPixels, type InitialWeights, imagenetPixels } from "../../src-main/contract/weights.ts";
import { findArchitecture } from "../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { listWeights } from "../../src-main/models/weight-list.ts";
import { openWeights, type WeightsFile } from "../../src-main/models/weights-file.ts";
import { sha256OfFile } from "../../src-main/platform/sha256-of-file.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import type { TrainingJob } from "../../src-main/training/job.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { arraySink, eventsOf, neverInterrupted, stepValues, tinyJob } from "./tiny-job.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

async function trained(job: TrainingJob): Promise<TrainingEvent[]> {
  const { events, sink } = arraySink();
  await runTraining(job, sink, neverInterrupted);
  return events;
}

function withFile<T>(path: string, use: (file: WeightsFile) => T): T {
  const file = openWeights(path);
  try {
    return use(file);
  } finally {
    file.close();
  }
}

/** Path of the file that the job's arm kept. */
function keptBy(job: TrainingJob, events: readonly TrainingEvent[], arm = 0): string {
  const told = eventsOf(events, "weights").find((event) => event.arm === arm);
  return join(job.paths.weights, told!.kept!.file);
}

/** As `hashWeights` says, from a file. */
function hashOf(path: string, prefix = ""): string {
  return withFile(path, (file) => {
    const hash = createHash("sha256");
    for (const [name, shape] of file.shapes) {
      if (name.startsWith("average/") !== (prefix !== "")) continue;
      hash.update(`${name.slice(prefix.length)} ${shape.join("×")}\n`);
      hash.update(new Uint8Array(file.read(name).buffer));
    }
    return hash.digest("hex");
  });
}

const beginFrom = (path: string, more: Partial<InitialWeights> = {}): InitialWeights => ({
  path,
  sha256: sha256OfFile(path),
  frozenThrough: null,
  preprocessing: centredPixels,
  ...more,
});

async function jobFrom(
  initialWeights: InitialWeights,
  arms: readonly Partial<TrainingSettings>[] = [{ epochs: 1 }],
): Promise<TrainingJob> {
  const job = await tinyJob(arms, 2);
  return { ...job, arms: job.arms.map((arm) => ({ ...arm, initialWeights })) };
}

describe("the weights that a run has reached", () => {
  test("are kept before it ends, with all that is needed to use them", async () => {
    const job = await tinyJob([{}]);
    const events = await trained(job);
    // What memory there was and where the seconds went is told beside it.
    const told = events.map(({ kind }) => kind).filter((kind) => kind !== "memory" && kind !== "spent");
    expect(told.slice(-2)).toEqual(["weights", "ended"]);
    const [configuration] = job.arms;
    withFile(keptBy(job, events), ({ description, shapes, hasAverages }) => {
      expect(description).toEqual({
        formatVersion: 1,
        layout: "strata",
        architecture: "alexnet",
        inputPixels: 32,
        width: 0.05,
        classes: 10,
        classNames: job.dataset.classNames,
        preprocessing: centredPixels,
        trained: { configuration, epoch: 2, step: 10, endReason: "completed" },
      });
      const architecture = scaleArchitecture(findArchitecture("alexnet"), configuration!.model);
      expect([...shapes]).toEqual(listWeights(architecture, 10).map(({ name, shape }) => [name, shape]));
      expect(hasAverages).toBe(false);
    });
  });

  test("are those of the run: one that begins from them has their hash, and the same answers before its first step", async () => {
    const job = await tinyJob([{}]);
    const events = await trained(job);
    const path = keptBy(job, events);
    // A rate of nearly nothing, so that what is looked at after the epoch is what was loaded.
    const next = await jobFrom(beginFrom(path), [{ epochs: 1, learningRate: 1e-30, averageDecay: null }]);
    const again = await trained(next);
    const [started] = eventsOf(again, "started");
    expect(started).toMatchObject({ initialWeightsHash: hashOf(path), initialWeightsMatch: { fresh: [] } });
    const validation = (list: readonly TrainingEvent[]) =>
      eventsOf(list, "evaluated").findLast(({ split }) => split === "test")!.result.hardLoss!;
    expect(validation(again)).toBeCloseTo(validation(events), 5);
  });

  test("have their running averages beside them, and a run that begins from the file begins from those", async () => {
    const job = await tinyJob([{ averageDecay: 0.9 }]);
    const path = keptBy(job, await trained(job));
    withFile(path, ({ shapes, hasAverages }) => {
      const names = [...shapes.keys()];
      expect(hasAverages).toBe(true);
      expect(names.filter((name) => name.startsWith("average/")).length).toBe(names.length / 2);
    });
    const events = await trained(await jobFrom(beginFrom(path)));
    expect(eventsOf(events, "started")[0]!.initialWeightsHash).toBe(hashOf(path, "average/"));
    expect(hashOf(path)).not.toBe(hashOf(path, "average/"));
  });

  test("are kept of a loss that left the finite numbers, and of both arms", async () => {
    const job = await tinyJob([
      {},
      { learningRate: 100, clipNorm: null, optimizer: { kind: "sgd", momentum: 0.9, isNesterov: false } },
    ]);
    const events = await trained(job);
    expect(eventsOf(events, "ended").map(({ reason }) => reason)).toEqual(["not-finite", "not-finite"]);
    for (const arm of [0, 1])
      withFile(keptBy(job, events, arm), ({ description }) => {
        expect(description.trained).toMatchObject({ endReason: "not-finite", configuration: job.arms[arm] });
      });
  });

  test("cost the run nothing else where their folder cannot be written", async () => {
    const job = await tinyJob([{ epochs: 1 }]);
    const weights = join(job.paths.home, "a-file");
    writeFileSync(weights, "");
    const events = await trained({ ...job, paths: { ...job.paths, weights } });
    expect(eventsOf(events, "weights")).toEqual([
      { kind: "weights", arm: 0, kept: null, error: expect.objectContaining({ code: "weights.not-written" }) },
    ]);
    expect(eventsOf(events, "ended")).toMatchObject([{ reason: "completed", error: null }]);
  });

  test("are not kept of a run that was stopped before its first step", async () => {
    const job = await tinyJob([{}]);
    const before = readdirSync(job.paths.weights).length;
    const { events, sink } = arraySink();
    await runTraining(job, sink, { reason: "stopped-by-person" });
    expect(eventsOf(events, "weights")).toEqual([]);
    expect(readdirSync(job.paths.weights)).toHaveLength(before);
  });
});

describe("training from a file", () => {
  let path: string;
  beforeAll(async () => {
    const job = await tinyJob([{ epochs: 1 }]);
    path = keptBy(job, await trained(job));
  });

  test("leaves frozen rows as they are and trains the others, in both arms alike", async () => {
    const job = await jobFrom(beginFrom(path, { frozenThrough: "pool2" }), [
      { epochs: 1 },
      { epochs: 1, smoothing: 0.1 },
    ]);
    const events = await trained(job);
    const [first, second] = eventsOf(events, "started");
    expect(first!.initialWeightsHash).toBe(second!.initialWeightsHash);
    for (const arm of [0, 1])
      withFile(keptBy(job, events, arm), (after) =>
        withFile(path, (before) => {
          const unmoved = [...before.shapes.keys()].filter(
            (name) => before.read(name).join() === after.read(name).join(),
          );
          expect(unmoved).toEqual(["conv1/kernel", "conv1/bias", "conv2/kernel", "conv2/bias"]);
        }),
      );
  });

  test("steps the same compiled and op by op, batch normalisation of frozen rows by its moving statistics", async () => {
    const model = { id: "inception-v3", inputPixels: 32, width: 0.05 };
    const asInception = (job: TrainingJob) => ({ ...job, arms: job.arms.map((arm) => ({ ...arm, model })) });
    const short = { epochs: 1, batchSize: 40 };
    const first = asInception(await tinyJob([short]));
    const base = keptBy(first, await trained(first));
    const runs: { losses: number[]; path: string }[] = [];
    for (const eager of [false, true]) {
      if (eager) process.env.STRATA_EAGER = "1";
      const job = asInception(await jobFrom(beginFrom(base, { frozenThrough: "Mixed_6e" }), [short]));
      const events = await trained(job).finally(() => delete process.env.STRATA_EAGER);
      const { madeBy } = eventsOf(events, "started")[0]!;
      expect(madeBy.isCompiled).toBe(!eager);
      runs.push({ losses: stepValues(events, 0, "objective"), path: keptBy(job, events) });
    }
    const [compiled, eager] = runs as [(typeof runs)[number], (typeof runs)[number]];
    compiled.losses.forEach((loss, step) => {
      expect(Math.abs(loss / eager.losses[step]! - 1)).toBeLessThan(1e-3);
    });
    const moved = withFile(compiled.path, (after) =>
      withFile(base, (before) =>
        [...before.shapes.keys()].filter((name) => before.read(name).join() !== after.read(name).join()),
      ),
    );
    const rows = new Set(moved.map((name) => name.split("/")[0]));
    expect([...rows]).toEqual(["AuxLogits", "Mixed_7a", "Mixed_7b", "Mixed_7c", "Logits"]);
    expect(moved.some((name) => name.endsWith("moving-mean"))).toBe(true);
  });

  test("leaves the last layer fresh where the classes are others, and says so", async () => {
    const job = await jobFrom(beginFrom(path));
    const classNames = job.dataset.classNames.slice(0, 4);
    const examples = job.dataset.examples.map((example) => ({ ...example, label: example.label % 4 }));
    const events = await trained({ ...job, dataset: { ...job.dataset, classNames, examples } });
    expect(eventsOf(events, "started")[0]!.initialWeightsMatch).toEqual({
      matched: 14,
      fresh: ["fc8/kernel", "fc8/bias"],
    });
    expect(eventsOf(events, "ended")).toMatchObject([{ reason: "completed" }]);
  });

  test("scales pictures as the file says", async () => {
    const loss = async (preprocessing: InitialWeights["preprocessing"]) =>
      eventsOf(await trained(await jobFrom(beginFrom(path, { preprocessing }))), "evaluated")[0]!.result.hardLoss;
    expect(await loss(imagenetPixels)).not.toBe(await loss(centredPixels));
  });

  test.each([
    ["a missing file", (copy: string) => rmSync(copy), "weights.not-found"],
    ["a file that changed", (copy: string) => appendFileSync(copy, ""), null],
    ["a file of another content", (copy: string, other: string) => copyFileSync(other, copy), "weights.changed"],
    ["a pickle", (copy: string) => writeFileSync(copy, "PK\u0003\u0004 and so on"), "weights.pickle"],
  ])("%s ends the run with its code, or not", async (_, change, code) => {
    const copy = join((await tinyJob([{}])).paths.home, "copy.safetensors");
    copyFileSync(path, copy);
    const job = await jobFrom(beginFrom(copy));
    const other = await tinyJob([{ epochs: 1 }], 3);
    change(copy, code === "weights.changed" ? keptBy(other, await trained(other)) : path);
    const [ended] = eventsOf(await trained(job), "ended");
    expect(ended).toMatchObject(
      code === null ? { reason: "completed", error: null } : { reason: "error", error: { code } },
    );
  });

  test("a row that is not there, or leaves nothing to train, is refused with those there are", async () => {
    for (const row of ["conv9", "fc8"]) {
      const [ended] = eventsOf(await trained(await jobFrom(beginFrom(path, { frozenThrough: row }))), "ended");
      expect(ended!.error).toMatchObject({ code: "weights.no-row", remedy: expect.stringContaining("conv1, norm1") });
    }
  });

  test("a file of another network is refused", async () => {
    const job = await jobFrom(beginFrom(path));
    const model = { id: "inception-v3", inputPixels: 32, width: 0.05 };
    const [ended] = eventsOf(await trained({ ...job, arms: job.arms.map((arm) => ({ ...arm, model })) }), "ended");
    expect(ended!.error).toMatchObject({ code: "weights.unmatched" });
  });
});
