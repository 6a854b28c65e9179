/**
 * Every network at its paper's size and 1000 classes takes two real steps on one batch of three pictures: of two, a batch-normalised last layer makes
 * ±1 whatever came before it, and nothing before it would learn.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import { runConfiguration } from "../../src-main/contract/configuration.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { type Arm, buildArm, disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { noiseBatch, noiseExamples } from "../../src-main/training/noise.ts";
import { defaultTraining } from "../../src-main/training/presets.ts";
import { disposeBatch, uploadBatch } from "../../src-main/training/upload.ts";

const [classes, pictures] = [1000, 3];
const settings = {
  batchSize: pictures,
  optimizer: { kind: "sgd", momentum: 0, isNesterov: false },
  learningRate: 1e-2,
  schedule: { kind: "constant" },
  clipNorm: 1,
  dropout: 0,
  weightDecay: 0,
  averageDecay: null,
};

function fullSizeArm(id: string): Arm {
  const model = { id, inputPixels: findArchitecture(id).inputPixels, width: 1 };
  const training = { ...defaultTraining(id, model), ...settings };
  const dataset = { kind: "drawn" };
  return buildArm(runConfiguration.parse({ dataset, model, training, seed: 1 }), noiseExamples(pictures, classes));
}

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

test.each(architectures.map(({ id }) => id))(
  "full-size %s, compiled: a step lowers the loss and moves every weight",
  (id) => {
    const arm = fullSizeArm(id);
    const before = arm.network.weights.map(({ variable }) => variable.dataSync().slice());
    const { inputPixels } = arm.configuration.model;
    const batch = uploadBatch(noiseBatch(pictures, inputPixels, classes, 0), inputPixels);
    const [first, second] = [1, 2].map((step) => stepArm(arm, batch, { epochs: 1, stepsPerEpoch: 10 }, step).objective);
    expect(arm.program.refusal).toBeNull();
    expect(second).toBeLessThan(first!);
    arm.program.readVariables();
    const unmoved = arm.network.weights.filter(({ variable }, index) => {
      const values = variable.dataSync();
      return before[index]!.every((value, place) => value === values[place]);
    });
    expect(unmoved.map(({ name }) => name)).toEqual([]);
    disposeBatch(batch);
    disposeArm(arm);
  },
);
