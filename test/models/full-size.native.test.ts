/**
 * A network of each kind at its paper's size and 1000 classes takes two real steps on one batch of three pictures: of two, a batch-normalised last
 * layer makes ±1 whatever came before it, and nothing before it would learn. The first step is also taken op by op. All 19 agreed when they were tried,
 * which takes seven minutes more; all are built with the grids of their own size in test/models/build.native.test.ts, and each family is compared at its
 * compact size in test/training/compiled-step.native.test.ts. ZFNet's and the VGGs' kinds of rows are AlexNet's, and Inception-v2's are Inception-v3's.
 */
import { afterEach, beforeEach, expect, test } from "vitest";
import { runConfiguration } from "../../src-main/contract/configuration.ts";
import { shapeRows } from "../../src-main/domain/networks/shapes.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { type Arm, buildArm, disposeArm, stepArm } from "../../src-main/training/arm.ts";
import { noiseBatch, noiseExamples } from "../../src-main/training/measuring/noise.ts";
import { defaultTraining } from "../../src-main/training/presets.ts";
import { disposeBatch, type UploadedBatch, uploadBatch } from "../../src-main/training/upload.ts";

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

const compared = ["linear-svm", "lenet5", "alexnet", "nin", "googlenet", "bn-inception", "inception-v3"];

function fullSizeArm(id: string, run: "compiled" | "eager" = "compiled"): Arm {
  const model = { id, inputPixels: findArchitecture(id).inputPixels, width: 1 };
  const training = { ...defaultTraining(id, model), ...settings };
  const dataset = { kind: "drawn" };
  if (run === "eager") process.env.STRATA_EAGER = "1";
  try {
    return buildArm(runConfiguration.parse({ dataset, model, training, seed: 1 }), noiseExamples(pictures, classes));
  } finally {
    delete process.env.STRATA_EAGER;
  }
}

const runLength = { epochs: 1, stepsPerEpoch: 10 };

/** What is there of every weight now. */
function weightsOf({ network, program }: Arm): Float32Array[] {
  program.readVariables();
  return network.weights.map(({ variable }) => variable.dataSync().slice() as Float32Array);
}

/** Σ of what `of` makes of each place. */
function sum(values: Float32Array, of: (place: number) => number): number {
  let total = 0;
  for (let place = 0; place < values.length; place++) total += of(place);
  return total;
}

/** Expects a step op by op to find the same loss, and to move every weight from where it was to where the compiled step did. */
function expectSameEagerly(
  id: string,
  batch: UploadedBatch,
  before: Float32Array[],
  after: Float32Array[],
  loss: number,
) {
  const eager = fullSizeArm(id, "eager");
  const { objective } = stepArm(eager, batch, runLength, 1);
  expect(eager.program.refusal).toBe("asked for");
  expect(Math.abs(loss / objective - 1)).toBeLessThan(1e-4);
  let [apart, length] = [0, 0];
  for (const [index, reference] of weightsOf(eager).entries()) {
    const [ours, start] = [after[index]!, before[index]!];
    const ofOne = sum(reference, (place) => (ours[place]! - reference[place]!) ** 2);
    const itsMove = sum(reference, (place) => (reference[place]! - start[place]!) ** 2);
    // One weight alone, as a bias near the input, is a sum in which much cancels.
    expect(Math.sqrt(ofOne)).toBeLessThanOrEqual(1e-3 * Math.sqrt(itsMove));
    apart += ofOne;
    length += itsMove;
  }
  expect(length).toBeGreaterThan(0);
  expect(Math.sqrt(apart / length)).toBeLessThan(1e-4);
  disposeArm(eager);
}

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

test("no family is left out but those whose kinds of rows another has", () => {
  const families = new Set(architectures.map(({ family }) => family));
  for (const alike of ["zfnet", "vgg11", "vgg13", "vgg16", "vgg19", "inception-v2"]) families.delete(alike);
  expect(new Set(compared.map((id) => findArchitecture(id).family))).toEqual(families);
});

test.each(compared)(
  "full-size %s, compiled: a step lowers the loss and moves every weight as one op by op does",
  (id) => {
    const arm = fullSizeArm(id);
    const { parameters, auxiliaryParameters } = shapeRows(findArchitecture(id), classes).totals;
    expect(arm.network).toMatchObject({ parameters, auxiliaryParameters });
    const before = weightsOf(arm);
    const { inputPixels } = arm.configuration.model;
    const batch = uploadBatch(noiseBatch(pictures, inputPixels, classes, 0), inputPixels);
    const first = stepArm(arm, batch, runLength, 1).objective;
    const after = weightsOf(arm);
    const second = stepArm(arm, batch, runLength, 2).objective;
    expect(arm.program.refusal).toBeNull();
    expect(second).toBeLessThan(first);
    arm.program.readVariables();
    const unmoved = arm.network.weights.filter(({ variable }, index) => {
      const values = variable.dataSync();
      return before[index]!.every((value, place) => value === values[place]);
    });
    expect(unmoved.map(({ name }) => name)).toEqual([]);
    disposeArm(arm);
    expectSameEagerly(id, batch, before, after, first);
    disposeBatch(batch);
  },
);
