import { describe, expect, it } from "vitest";
import type { Architecture } from "../../../src-main/contract/architecture.ts";
import type { RunConfiguration, TrainingSettings } from "../../../src-main/contract/configuration.ts";
import { trainDefaults } from "../../../src-main/engine/models/train-defaults.ts";
import {
  branches,
  convolution,
  dense,
  dropout,
  flatten,
  inceptionBatchNorm,
  pool,
} from "../../../src-main/models/rows.ts";
import { trainingFootprint } from "../../../src-main/models/training-memory.ts";
import {
  largestBatchThatFits,
  predictPeakBytes,
  smallerBatch,
} from "../../../src-main/training/measuring/predict-memory.ts";
import { requestFor } from "../../support/with-engine.ts";

const ten = { classes: 10, pictures: 1_000 };

function configured(id: string, changes: Partial<TrainingSettings> = {}): RunConfiguration {
  const { model, training } = trainDefaults({ id });
  return { ...requestFor(1).configuration, model, training: { ...training, ...changes } };
}

describe("what a table holds while it trains", () => {
  const plain = { groups: 1, batchNorm: null, activation: "relu" } as const;
  const footprint = (...rows: Architecture["rows"]) =>
    trainingFootprint(
      {
        ...{ id: "t", family: "t", title: "T", year: 2026, paper: "", variant: "", about: "" },
        ...{ inputPixels: 4, weightLayers: 1, loss: "cross-entropy", rows },
      },
      2,
      true,
    );
  const picture = 4 * 4 * 4 * 3;

  it("counts what comes out of a row once, and with batch normalisation what goes into that too", () => {
    const output = 4 * 4 * 4 * 5;
    expect(footprint(convolution("c", 5, 3, 1, "same", plain))).toEqual({
      parameterBytes: 4 * (3 * 3 * 3 * 5 + 5),
      weightRows: 1,
      keptBytes: picture + output,
    });
    const normalised = footprint(convolution("c", 5, 3, 1, "same", { ...plain, batchNorm: inceptionBatchNorm }));
    expect(normalised.keptBytes).toBe(picture + 2 * output);
  });

  it("counts the copies that a border of pixels, groups and branches make, and a dropout's mask", () => {
    const padded = footprint(convolution("c", 5, 3, 1, 1, plain));
    expect(padded.keptBytes).toBe(picture + 4 * 6 * 6 * 3 + 4 * 4 * 4 * 5);
    const grouped = footprint(convolution("c", 6, 3, 1, "same", { ...plain, groups: 3 }));
    expect(grouped.keptBytes).toBe(picture + picture + 4 * 4 * 4 * 6);
    const branched = footprint(
      branches("b", "module", [pool("p", "max", 3, 1, "same")], [pool("q", "max", 3, 1, "same")]),
    );
    expect(branched.keptBytes).toBe(picture + picture + picture + 2 * picture);
    const dropped = footprint(flatten("f"), dropout("d", 0.5), dense("s", "classes", { ...plain, activation: "none" }));
    expect(dropped.keptBytes).toBe(picture + 2 * picture + 4 * 2);
  });
});

describe("predicted memory", () => {
  it("grows with the batch, with what the optimiser remembers, with averages and with a second arm", () => {
    const peak = (changes: Partial<TrainingSettings>) => predictPeakBytes([configured("alexnet", changes)], ten);
    const sgd = { kind: "sgd", momentum: 0, isNesterov: false } as const;
    const adam = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
    const ascending = [
      peak({ optimizer: sgd, batchSize: 8 }),
      peak({ optimizer: sgd, batchSize: 16 }),
      peak({ optimizer: { ...sgd, momentum: 0.9 }, batchSize: 16 }),
      peak({ optimizer: adam, batchSize: 16 }),
      peak({ optimizer: adam, batchSize: 16, averageDecay: 0.99 }),
    ];
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    expect(new Set(ascending).size).toBe(ascending.length);
    const arm = configured("alexnet");
    expect(predictPeakBytes([arm, arm], ten)).toBeGreaterThan(predictPeakBytes([arm], ten));
  });

  it("is the same whatever does not cost memory", () => {
    const one = configured("alexnet");
    const other = configured("alexnet", { smoothing: 0.1, learningRate: 1, epochs: 100 });
    expect(predictPeakBytes([one], ten)).toBe(predictPeakBytes([other], ten));
  });
});

describe("the batch to propose", () => {
  const arms = [configured("vgg16", { batchSize: 512 })];
  const peakAt = (batchSize: number) => predictPeakBytes([configured("vgg16", { batchSize })], ten);

  it("is the largest that fits: one picture more would not", () => {
    const room = peakAt(100) + 1;
    expect(largestBatchThatFits(arms, ten, room, 512)).toBe(100);
    expect(largestBatchThatFits(arms, ten, peakAt(101) - 1, 512)).toBe(100);
    expect(largestBatchThatFits(arms, ten, Number.POSITIVE_INFINITY, 512)).toBe(512);
  });

  it("is none where the network alone is too large", () => {
    expect(largestBatchThatFits(arms, ten, 100e6, 512)).toBeNull();
    expect(smallerBatch(arms, ten, 100e6)).toBeNull();
  });

  it("is half at most where a batch ran out of memory though it was predicted to fit", () => {
    expect(smallerBatch(arms, ten, Number.POSITIVE_INFINITY)).toBe(256);
    expect(smallerBatch(arms, ten, peakAt(100))).toBe(100);
    expect(smallerBatch([configured("vgg16", { batchSize: 1 })], ten, Number.POSITIVE_INFINITY)).toBeNull();
  });
});
