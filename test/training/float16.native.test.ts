/** Steps in float16 with a scaled loss: against PyTorch's, where a gradient overflows, and over a pause. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rank } from "@tensorflow/tfjs-node-gpu";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";

const begin = vi.hoisted(() => ({ scale: 2 ** 15, goodSteps: 0, stepsSkipped: 0 }));
// A run takes two thousand steps to its first doubling, so some begin on the way there.
vi.mock("../../src-main/training/loss-scaling.ts", async (original) => {
  const real = await original<typeof import("../../src-main/training/loss-scaling.ts")>();
  return { ...real, firstLossScaling: (precision: Precision) => real.firstLossScaling(precision) && { ...begin } };
});

import type { Architecture } from "../../src-main/contract/architecture.ts";
import type { Precision, TrainingSettings } from "../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import { buildNetwork } from "../../src-main/models/build.ts";
import { convolution, dense, flatten, pool } from "../../src-main/models/rows.ts";
import { lenet5 } from "../../src-main/models/zoo/lenet5.ts";
import { membersOf } from "../../src-main/tensorflow/compiled/flat-variables.ts";
import { uploadPixels } from "../../src-main/tensorflow/kernels/pixels.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { type Arm, disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { openArmProgram } from "../../src-main/training/arm-program.ts";
import { nextLossScaling } from "../../src-main/training/loss-scaling.ts";
import { bindOptimizer } from "../../src-main/training/optimizers.ts";
import { runTraining } from "../../src-main/training/run-training.ts";
import { disposeBatch } from "../../src-main/training/upload.ts";
import { noise, optimizers, runLength, smallArm } from "./compare-steps.ts";
import { arraySink, eventsOf, neverInterrupted, stepsPerEpoch, tinyJob } from "./tiny-job.ts";

beforeEach(() => void Object.assign(begin, { scale: 2 ** 15, goodSteps: 0, stepsSkipped: 0 }));

describe("a small network, as in references/make-float16.py", () => {
  const [pictures, side, classes] = [6, 8, 5];
  const relu = { batchNorm: null, activation: "relu" } as const;
  const architecture: Architecture = {
    ...lenet5,
    inputPixels: side,
    rows: [
      convolution("conv", 8, 3, 1, "same", { groups: 1, ...relu }),
      pool("pool", "max", 2, 2, "valid"),
      flatten("flatten"),
      dense("hidden", 16, relu),
      dense("out", "classes", { batchNorm: null, activation: "none" }),
    ],
  };
  const kept = z
    .object({
      losses: z.array(z.number()),
      scales: z.array(z.number()),
      weights: z.record(z.string(), z.array(z.number())),
    })
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, "references/float16.json"), "utf8")));

  function formula(place: number, shape: readonly number[]): Float32Array {
    const size = shape.reduce((product, length) => product * length, 1);
    const most = shape.length > 1 ? Math.sqrt(3 / (size / shape.at(-1)!)) : 0.1;
    return Float32Array.from({ length: size }, (_, index) => Math.sin(1.7 * index + place) * most);
  }
  const pixelAt = (turn: number) => (_: unknown, place: number) =>
    (place * 37 + Math.floor(place / 7) * 11 + turn * 53) % 256;

  /** Losses, scales and weights of so many steps from a scale that is too large. */
  function train(precision: Precision, steps: number) {
    const network = buildNetwork(architecture, { classes, seed: 1, dropout: null, auxiliaryWeight: null });
    network.weights.forEach(({ variable }, place) => {
      tf.tidy(() => variable.assign(tf.tensor(formula(place, variable.shape), variable.shape)));
    });
    const variables = network.weights.map(({ variable }) => variable);
    const optimizer = bindOptimizer({ kind: "sgd", momentum: 0.9, isNesterov: false }, 0.7, variables);
    const program = openArmProgram(
      { network, optimizer, statistics: [], averages: null, loss: "cross-entropy" },
      { weightDecay: 1e-2, weightDecayKind: "l2", precision },
      { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
    );
    let scaling = { scale: 2 ** 22, goodSteps: 0, stepsSkipped: 0 };
    const [losses, scales]: [number[], number[]] = [[], []];
    for (let step = 0; step < steps; step++) {
      const turn = step % 2;
      const labels = tf.tensor1d(
        Int32Array.from({ length: pictures }, (_, index) => (index + turn) % classes),
        "int32",
      );
      const inputs = {
        pixels: uploadPixels(Uint8Array.from({ length: pictures * side * side * 3 }, pixelAt(turn)), pictures, side),
        labels,
        shares: tf.fill<Rank.R1>([pictures], 1 / pictures),
        targets: tf.tidy(() => tf.cast(tf.oneHot(labels, classes), "float32")) as ReturnType<typeof tf.zeros<Rank.R2>>,
        learningRate: tf.scalar(0.02),
        weightShrink: tf.scalar(0),
        averageShare: tf.scalar(0),
        dropoutSeed: tf.scalar(0, "int32"),
        ...(precision === "float16" && { lossScale: tf.scalar(scaling.scale) }),
      };
      const outcome = program.run("train", inputs);
      losses.push(outcome.objective.dataSync()[0]!);
      scales.push(scaling.scale);
      if (outcome.isTaken) scaling = nextLossScaling(scaling, outcome.isTaken.dataSync()[0] === 1);
      tf.dispose([inputs, outcome]);
    }
    expect(program.refusal).toBeNull();
    program.readVariables();
    const weights = Object.fromEntries(network.weights.map(({ name, variable }) => [name, [...variable.dataSync()]]));
    program.dispose();
    optimizer.dispose();
    network.dispose();
    return { losses, scales, weights };
  }
  const apart = (ours: readonly number[], theirs: readonly number[]) =>
    Math.max(...theirs.map((value, index) => Math.abs(ours[index]! / value - 1)));

  test("skips the steps that PyTorch's GradScaler skips, and comes to the same losses and weights", () => {
    const ours = train("float16", kept.losses.length);
    expect(ours.scales).toEqual(kept.scales);
    expect(kept.scales.filter((scale, step) => scale < (kept.scales[step - 1] ?? 0))).toHaveLength(5);
    // Logits of eleven bits; TensorFlow's sums and PyTorch's are rounded at other places.
    expect(apart(ours.losses, kept.losses)).toBeLessThan(3e-4);
    expect(Object.keys(ours.weights)).toEqual(Object.keys(kept.weights));
    for (const [name, theirs] of Object.entries(kept.weights)) {
      const differences = theirs.map((value, index) => Math.abs(ours.weights[name]![index]! - value));
      expect(Math.max(...differences)).toBeLessThan(1e-3);
    }
  });

  test("without its skipped steps it would be elsewhere, and in float32 its losses are not those", () => {
    expect(apart(train("float32", kept.losses.length).losses, kept.losses)).toBeGreaterThan(1e-2);
  });
});

/** Weights, moving statistics, averages and all that the optimiser remembers. */
function everythingOf({ network, averaged, optimizer, program }: Arm): number[][] {
  program.readVariables();
  const weights = [...network.weights, ...(averaged?.weights ?? [])].map(({ variable }) => variable);
  const slots = optimizer.groups.flatMap((group) => group.slots.flatMap(membersOf));
  return [...weights, ...slots].map((variable) => [...variable.dataSync()]);
}

describe("a step whose gradients are not finite", () => {
  test.each(Object.entries(optimizers))(
    "moves nothing by %s, halves the scale, and the next one goes on",
    (_, optimizer) => {
      const settings = { optimizer, precision: "float16", averageDecay: 0.9, clipNorm: 0.5 } as const;
      begin.scale = 2 ** 8;
      // Of decoupled decay and of batch normalisation, too.
      const decay = { weightDecay: 0.1, weightDecayKind: "decoupled" } as const;
      const arms = [1, 2].map(() =>
        smallArm("bn-inception", { ...settings, ...decay, learningRate: 1e-3 }, "compiled"),
      );
      const [skipping, other] = arms as [Arm, Arm];
      const batch = noise(skipping.configuration.model.inputPixels, 1);
      const step = (arm: Arm, at: number) => stepArm(arm, batch, runLength, at);
      for (const arm of arms) step(arm, 1);

      skipping.lossScaling = { ...skipping.lossScaling!, scale: 2 ** 60 };
      const before = everythingOf(skipping);
      const skipped = step(skipping, 2);
      expect(skipped.lossScale).toBe(2 ** 60);
      expect(Number.isFinite(skipped.objective)).toBe(true);
      expect(skipping.lossScaling).toEqual({ scale: 2 ** 59, goodSteps: 0, stepsSkipped: 1 });
      expect(everythingOf(skipping)).toEqual(before);

      // As if it had not been: the bias corrections of Adam and of the averages count the steps that were taken.
      skipping.lossScaling = { ...other.lossScaling!, stepsSkipped: 1 };
      expect(step(skipping, 3)).toEqual(step(other, 2));
      expect(everythingOf(skipping)).toEqual(everythingOf(other));
      expect(everythingOf(skipping)).not.toEqual(before);
      disposeBatch(batch);
      for (const arm of arms) disposeArm(arm);
    },
  );
});

let jobs = 0;
const freshJob = async (settings: Partial<TrainingSettings>) => ({
  ...(await tinyJob([{ precision: "float16", epochs: 2, ...settings }])),
  checkpointFolder: `float16-${++jobs}`,
});

/** All recorded values but speed, by metric, cadence and step. */
function courseOf(...attempts: readonly (readonly TrainingEvent[])[]): Map<string, number> {
  const points = attempts.flatMap((events) => eventsOf(events, "points")).flatMap((event) => event.points);
  const kept = points.filter(({ metric }) => metric !== "imagesPerSecond");
  return new Map(
    kept.map(({ metric, split, cadence, step, value }) => [`${metric} ${split} ${cadence} ${step}`, value]),
  );
}

describe("a job in float16", () => {
  test("that is paused goes on with its scale, its good steps and its count, to the last bit", async () => {
    // The first steps are skipped.
    Object.assign(begin, { scale: 2 ** 24, goodSteps: 0 });
    const course = await pausedAndWhole();
    const skipped = course.get(`stepsSkipped train epoch ${2 * stepsPerEpoch}`)!;
    expect(skipped).toBeGreaterThan(0);
    expect(course.get(`lossScale train batch ${2 * stepsPerEpoch}`)).toBe(2 ** (24 - skipped));
  });

  test("that is paused before its scale is due to grow lets it grow when it is", async () => {
    Object.assign(begin, { scale: 2, goodSteps: 2_000 - (stepsPerEpoch + 3) });
    const course = await pausedAndWhole();
    expect(course.get(`lossScale train batch ${stepsPerEpoch + 3}`)).toBe(2);
    expect(course.get(`lossScale train batch ${stepsPerEpoch + 4}`)).toBe(4);
    expect(course.get(`stepsSkipped train epoch ${2 * stepsPerEpoch}`)).toBe(0);
  });

  /** Pauses in the second epoch and goes on; expects the course of a job that was left alone, and gives it. */
  async function pausedAndWhole(): Promise<Map<string, number>> {
    const { events: whole, sink } = arraySink();
    await runTraining(await freshJob({}), sink, neverInterrupted);
    const job = await freshJob({});
    const before = arraySink();
    let looks = 0;
    await runTraining(job, before.sink, {
      get reason() {
        const isDue = eventsOf(before.events, "epoch-ended").length === 1 && looks++ >= 2;
        return isDue ? "paused" : null;
      },
    });
    expect(eventsOf(before.events, "ended")).toMatchObject([{ reason: "paused" }]);
    // What a run begins with is not what it goes on with.
    Object.assign(begin, { scale: 2 ** 15, goodSteps: 0 });
    const after = arraySink();
    const folders = readdirSync(join(job.paths.checkpoints, job.checkpointFolder)).sort(
      (a, b) => Number(b) - Number(a),
    );
    await runTraining({ ...job, resumeFrom: folders }, after.sink, neverInterrupted);
    expect(eventsOf(after.events, "resumed")).toMatchObject([{ errors: [] }]);
    const course = courseOf(whole);
    expect(courseOf(before.events, after.events)).toEqual(course);
    expect(eventsOf(whole, "started")).toMatchObject([{ madeBy: { refusal: null, precision: "float16" } }]);
    return course;
  }

  test("whose gradients are not finite at any scale ends as one whose loss is not", async () => {
    Object.assign(begin, { scale: 0.5 });
    const { events, sink } = arraySink();
    await runTraining(await freshJob({}), sink, neverInterrupted);
    expect(eventsOf(events, "ended")).toMatchObject([{ reason: "not-finite", error: { code: "training.not-finite" } }]);
  });
});
