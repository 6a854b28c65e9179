import type { Scalar, Tensor, Tensor2D } from "@tensorflow/tfjs-node-gpu";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Architecture, ShapedRow } from "../../src-main/contract/architecture.ts";
import { shapeRows } from "../../src-main/domain/networks/shapes.ts";
import type { Network, Outputs, Weight } from "../../src-main/models/network.ts";
import { architectures } from "../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { hashWeights } from "../../src-main/models/weights.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";
import { batchObjective } from "../../src-main/training/loss.ts";
import { evenShares } from "../support/even-shares.ts";
import { compact, evaluation, pictures, training, withNetwork } from "./with-network.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

/** Paths and outputs as the calculator has them, under the names that the network reports. */
function calculated(rows: readonly ShapedRow[], path = ""): [string, number[]][] {
  return rows.flatMap((row) => {
    const rowPath = path ? `${path}/${row.name}` : row.name;
    const { height, width, channels } = row.output;
    const own: [string, number[]] = [rowPath, [height, width, channels]];
    if (row.kind === "auxiliary") return calculated(row.branches?.[0] ?? [], rowPath);
    const inner = (row.branches ?? []).flatMap((branch, i) => calculated(branch, `${rowPath}/Branch_${i}`));
    return [...inner, own];
  });
}

function observed(network: Network, side: number): [string, number[]][] {
  const seen: [string, number[]][] = [];
  network.forward(pictures(1, side), training, (path, output) => {
    seen.push([path, output.shape.slice(1)]);
    return undefined;
  });
  return seen;
}

const trainableValues = (network: Network) =>
  network.weights.filter((w) => w.isTrainable).reduce((total, { variable }) => total + variable.size, 0);

// At its own size a narrow network has every grid of the paper's; of its width test/models/full-size.native.test.ts tells.
describe.each(
  architectures.flatMap((architecture): [string, Architecture, number][] => [
    [`${architecture.id}, compact`, compact(architecture.id), 10],
    [
      `${architecture.id} at ${architecture.inputPixels}, narrow`,
      scaleArchitecture(architecture, { inputPixels: architecture.inputPixels, width: 0.05 }),
      10,
    ],
  ]),
)("%s", (_, architecture, classes) => {
  it("puts out and weighs what the calculator says, row by row", () => {
    const { rows, totals } = shapeRows(architecture, classes);
    withNetwork(architecture, { classes }, (network) => {
      expect(observed(network, architecture.inputPixels)).toEqual(calculated(rows));
      expect(trainableValues(network)).toBe(totals.parameters + totals.auxiliaryParameters);
      expect(network).toMatchObject({ parameters: totals.parameters, auxiliaryParameters: totals.auxiliaryParameters });
    });
  });
});

/** What the network trains on, against labels 0, 1, 2, …, without decay. */
function lossOf(outputs: Outputs, { loss }: Architecture): Scalar {
  const [count, classes] = outputs.logits.shape;
  const targets = tf.oneHot(tf.range(0, count, 1, "int32"), classes) as Tensor2D;
  return batchObjective(outputs, { targets: tf.cast(targets, "float32"), shares: evenShares(count) }, loss, [], 0);
}

/** Names of weights whose gradient is zero all over. */
function silentWeights(weights: readonly Weight[], gradients: Readonly<Record<string, Tensor>>): string[] {
  const isSilent = ({ variable }: Weight) => !tf.any(tf.notEqual(gradients[variable.name] as Tensor, 0)).dataSync()[0];
  return weights.filter(isSilent).map((weight) => weight.name);
}

describe.each(architectures.map(({ id }) => id))("training compact %s", (id) => {
  const architecture = compact(id);

  it("gives every trainable weight a gradient, and a step along them lowers the loss by what they predict", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(8, 32);
      const trainable = network.weights.filter((w) => w.isTrainable);
      const variables = trainable.map((w) => w.variable);
      const measure = () => lossOf(network.forward(batch, training), architecture);
      const { value, grads } = tf.variableGrads(measure, variables);
      expect(silentWeights(trainable, grads)).toEqual([]);
      const before = value.dataSync()[0] as number;
      const squares = variables.map(({ name }) => tf.sum(tf.square(grads[name] as Tensor)));
      const steepness = tf.addN(squares).dataSync()[0] as number;
      // As long as should take a hundredth off the loss: a fixed length would overshoot where the loss is steep.
      const step = (0.01 * before) / steepness;
      for (const variable of variables) variable.assign(tf.sub(variable, tf.mul(grads[variable.name] as Tensor, step)));
      const lowered = before - (measure().dataSync()[0] as number);
      expect(lowered / (0.01 * before)).toBeGreaterThan(0.9);
      expect(lowered / (0.01 * before)).toBeLessThan(1.01);
    });
  });
});

/** Each kind of row and module at least once. */
const various = ["lenet5", "alexnet", "zfnet", "nin", "vgg19", "googlenet", "googlenet-torchvision", "inception-v3"];

describe.each(various)("compact %s", (id) => {
  const architecture = compact(id);

  it("repeats a step to the last bit", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(16, 32);
      const variables = network.weights.filter((w) => w.isTrainable).map((w) => w.variable);
      const step = () => tf.variableGrads(() => lossOf(network.forward(batch, training), architecture), variables);
      const [first, second] = [step(), step()];
      const differing = variables.filter(({ name }) => {
        const [a, b] = [first.grads[name], second.grads[name]];
        return !a || !b || tf.any(tf.notEqual(a, b)).dataSync()[0];
      });
      expect(second.value.dataSync()).toEqual(first.value.dataSync());
      expect(differing).toEqual([]);
    });
  });

  it("leaves no tensor behind after a step's gradients are disposed of", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(2, 32);
      const variables = network.weights.filter((w) => w.isTrainable).map((w) => w.variable);
      const before = tf.memory().numTensors;
      const { value, grads } = tf.variableGrads(
        () => lossOf(network.forward(batch, training), architecture),
        variables,
      );
      tf.dispose([value, grads]);
      expect(tf.memory().numTensors).toBe(before);
    });
  });

  it("starts from the same weights with the same seed, and from others with another", () => {
    const hash = (seed: number) => withNetwork(architecture, { seed }, hashWeights);
    expect(hash(1)).toMatch(/^[0-9a-f]{64}$/);
    expect(hash(1)).toBe(hash(1));
    expect(hash(1)).not.toBe(hash(2));
  });

  it("predicts the same twice outside training, whatever the dropout seed", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(4, 32);
      const first = network.forward(batch, evaluation);
      const second = network.forward(batch, { isTraining: false, dropoutSeed: 9 });
      expect(second.logits.dataSync()).toEqual(first.logits.dataSync());
      expect(first.auxiliary).toEqual([]);
      expect(first.movingUpdates).toEqual([]);
    });
  });

  it("predicts the same where every row is inspected, in the table's order, as where pools run behind convolutions", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(4, 32);
      const inspected = network.forward(batch, training, () => {}).logits.dataSync();
      const plain = network.forward(batch, training).logits.dataSync();
      for (const [i, value] of plain.entries()) expect(value).toBeCloseTo(inspected[i]!, 3);
    });
  });

  it("keeps nothing but the logits outside training", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(2, 32);
      const before = tf.memory().numTensors;
      network.forward(batch, evaluation);
      expect(tf.memory().numTensors).toBe(before + 1);
    });
  });

  it("follows the dropout seed in training, and no seed with dropout set to 0", () => {
    const differs = (dropout: number | null) =>
      withNetwork(architecture, { dropout }, (network) => {
        const batch = pictures(4, 32);
        const logits = (dropoutSeed: number) => network.forward(batch, { isTraining: true, dropoutSeed }).logits;
        return tf.max(tf.abs(tf.sub(logits(1), logits(2)))).dataSync()[0] as number;
      });
    const hasDropout = architecture.rows.some(({ kind }) => kind === "dropout");
    if (hasDropout) expect(differs(null)).toBeGreaterThan(1e-3);
    else expect(differs(null)).toBe(0);
    expect(differs(0)).toBe(0);
  });
});

describe("an auxiliary head", () => {
  const architecture = compact("inception-v3");

  it("brings its logits and the table's weight in training, or the weight asked for", () => {
    const weights = (auxiliaryWeight: number | null) =>
      withNetwork(architecture, { auxiliaryWeight }, (network) => {
        const { auxiliary } = network.forward(pictures(2, 32), training);
        return auxiliary.map(({ logits, weight }) => ({ shape: logits.shape, weight }));
      });
    expect(weights(null)).toEqual([{ shape: [2, 10], weight: 0.4 }]);
    expect(weights(0.1)).toEqual([{ shape: [2, 10], weight: 0.1 }]);
  });

  it("is not built for a weight of 0", () => {
    withNetwork(architecture, { auxiliaryWeight: 0 }, (network) => {
      expect(network.auxiliaryParameters).toBe(0);
      expect(network.weights.filter((w) => w.name.startsWith("AuxLogits"))).toEqual([]);
      expect(trainableValues(network)).toBe(network.parameters);
    });
  });
});

describe("weights", () => {
  it("are named after their rows, and only kernels decay", () => {
    withNetwork(compact("inception-v3"), {}, ({ weights }) => {
      const first = weights.slice(0, 5).map(({ name, isTrainable, isDecayed }) => ({ name, isTrainable, isDecayed }));
      expect(first).toEqual([
        { name: "Conv2d_1a_3x3/kernel", isTrainable: true, isDecayed: true },
        { name: "Conv2d_1a_3x3/gamma", isTrainable: true, isDecayed: false },
        { name: "Conv2d_1a_3x3/beta", isTrainable: true, isDecayed: false },
        { name: "Conv2d_1a_3x3/moving-mean", isTrainable: false, isDecayed: false },
        { name: "Conv2d_1a_3x3/moving-variance", isTrainable: false, isDecayed: false },
      ]);
      expect(weights.map((w) => w.name)).toContain("Mixed_7b/Branch_1/Expanded/Branch_0/Conv2d_0c_1x3/kernel");
      expect(new Set(weights.map((w) => w.name)).size).toBe(weights.length);
    });
  });

  it("keep to the He bound, and fill it", () => {
    withNetwork(compact("alexnet"), {}, ({ weights }) => {
      const kernel = weights.find((w) => w.name === "fc7/kernel")?.variable;
      const largest = kernel && (tf.max(tf.abs(kernel)).dataSync()[0] as number);
      const bound = Math.sqrt(6 / 1024);
      expect(largest).toBeLessThanOrEqual(bound);
      expect(largest).toBeGreaterThan(0.99 * bound);
    });
  });
});
