import type { Rank, Tensor, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Architecture, Row, ShapedRow } from "../../src-main/contract/architecture.ts";
import { type BuildOptions, buildNetwork } from "../../src-main/models/build.ts";
import type { Network, Outputs, Weight } from "../../src-main/models/network.ts";
import { findArchitecture } from "../../src-main/models/registry.ts";
import { branches, convolution, localResponseNorm, pool } from "../../src-main/models/rows.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { shapeRows } from "../../src-main/models/shapes.ts";
import { hashWeights } from "../../src-main/models/weights.ts";
import { tf } from "../../src-main/tensorflow/runtime.ts";

let tensorsBefore = 0;
beforeEach(() => {
  tensorsBefore = tf.memory().numTensors;
});
afterEach(() => {
  expect(tf.memory().numTensors).toBe(tensorsBefore);
});

const options: BuildOptions = { classes: 10, seed: 1, dropout: null, auxiliaryWeight: null };
const compact = (id: string) => scaleArchitecture(findArchitecture(id), { inputPixels: 32, width: 0.25 });
const training = { isTraining: true, dropoutSeed: 1 };
const evaluation = { isTraining: false, dropoutSeed: 0 };

function withNetwork<T>(architecture: Architecture, given: Partial<BuildOptions>, use: (network: Network) => T): T {
  const network = buildNetwork(architecture, { ...options, ...given });
  try {
    return tf.tidy(() => use(network) as never) as T;
  } finally {
    network.dispose();
  }
}
const pictures = (count: number, side: number) =>
  tf.randomUniform<Rank.R4>([count, side, side, 3], -1, 1, "float32", 5);

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
  network.forward(pictures(1, side), training, (path, output) => seen.push([path, output.shape.slice(1)]));
  return seen;
}

const trainableValues = (network: Network) =>
  network.weights.filter((w) => w.isTrainable).reduce((total, { variable }) => total + variable.size, 0);

describe.each([
  ["alexnet, compact", compact("alexnet"), 10],
  ["inception-v3, compact", compact("inception-v3"), 10],
  ["inception-v3-paper, compact", compact("inception-v3-paper"), 10],
  ["zfnet, compact", compact("zfnet"), 10],
  ["vgg16, compact", compact("vgg16"), 10],
  ["googlenet, compact", compact("googlenet"), 10],
  ["googlenet at 224", findArchitecture("googlenet"), 1000],
  ["alexnet at 227", findArchitecture("alexnet"), 1000],
  ["inception-v3 at 299", findArchitecture("inception-v3"), 1000],
])("%s", (_, architecture, classes) => {
  it("puts out and weighs what the calculator says, row by row", () => {
    const { rows, totals } = shapeRows(architecture, classes);
    withNetwork(architecture, { classes }, (network) => {
      expect(observed(network, architecture.inputPixels)).toEqual(calculated(rows));
      expect(trainableValues(network)).toBe(totals.parameters + totals.auxiliaryParameters);
      expect(network).toMatchObject({ parameters: totals.parameters, auxiliaryParameters: totals.auxiliaryParameters });
    });
  });
});

/** Cross-entropy against labels 0, 1, 2, …, heads by their weight. */
function lossOf(outputs: Outputs): Tensor {
  const crossEntropy = (logits: Tensor2D) => {
    const targets = tf.oneHot(tf.range(0, logits.shape[0], 1, "int32"), logits.shape[1]);
    return tf.losses.softmaxCrossEntropy(targets, logits);
  };
  const heads = outputs.auxiliary.map(({ logits, weight }) => tf.mul(crossEntropy(logits), weight));
  return tf.addN([crossEntropy(outputs.logits), ...heads]);
}

/** Names of weights whose gradient is zero all over. */
function silentWeights(weights: readonly Weight[], gradients: Readonly<Record<string, Tensor>>): string[] {
  const isSilent = ({ variable }: Weight) => !tf.any(tf.notEqual(gradients[variable.name] as Tensor, 0)).dataSync()[0];
  return weights.filter(isSilent).map((weight) => weight.name);
}

describe.each(["alexnet", "inception-v3"])("training full-size %s", (id) => {
  it("gives every trainable weight a gradient", () => {
    const architecture = findArchitecture(id);
    withNetwork(architecture, { classes: 1000 }, (network) => {
      const batch = pictures(2, architecture.inputPixels);
      const trainable = network.weights.filter((w) => w.isTrainable);
      const measure = () => lossOf(network.forward(batch, training)).asScalar();
      const { grads } = tf.variableGrads(
        measure,
        trainable.map((w) => w.variable),
      );
      expect(silentWeights(trainable, grads)).toEqual([]);
    });
  });
});

describe.each(["alexnet", "zfnet", "vgg11", "vgg19", "googlenet", "inception-v3"])("training compact %s", (id) => {
  const architecture = compact(id);

  it("gives every trainable weight a gradient, and a step along them lowers the loss of its batch", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(8, 32);
      const trainable = network.weights.filter((w) => w.isTrainable);
      const variables = trainable.map((w) => w.variable);
      const measure = () => lossOf(network.forward(batch, training)).asScalar();
      const { value, grads } = tf.variableGrads(measure, variables);
      expect(silentWeights(trainable, grads)).toEqual([]);
      for (const variable of variables)
        variable.assign(tf.sub(variable, tf.mul(grads[variable.name] as Tensor, 0.005)));
      expect(measure().dataSync()[0]).toBeLessThan(value.dataSync()[0] as number);
    });
  });

  it("repeats a step to the last bit", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(16, 32);
      const variables = network.weights.filter((w) => w.isTrainable).map((w) => w.variable);
      const step = () => tf.variableGrads(() => lossOf(network.forward(batch, training)).asScalar(), variables);
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
      const { value, grads } = tf.variableGrads(() => lossOf(network.forward(batch, training)).asScalar(), variables);
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

  it("answers the same twice outside training, whatever the dropout seed", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(4, 32);
      const first = network.forward(batch, evaluation);
      const second = network.forward(batch, { isTraining: false, dropoutSeed: 9 });
      expect(second.logits.dataSync()).toEqual(first.logits.dataSync());
      expect(first.auxiliary).toEqual([]);
      expect(first.movingUpdates).toEqual([]);
    });
  });

  it("answers the same where every row is looked at, in the table's order, as where pools run behind convolutions", () => {
    withNetwork(architecture, {}, (network) => {
      const batch = pictures(4, 32);
      const looked = network.forward(batch, training, () => {}).logits.dataSync();
      const plain = network.forward(batch, training).logits.dataSync();
      for (const [i, value] of plain.entries()) expect(value).toBeCloseTo(looked[i]!, 3);
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
    expect(differs(null)).toBeGreaterThan(1e-3);
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

describe("rows checked by hand", () => {
  const plain = { groups: 1, batchNorm: false, activation: "none" } as const;
  const run = (rows: readonly Row[], inputPixels: number, input: Tensor4D, weights?: (network: Network) => void) => {
    const architecture: Architecture = { ...findArchitecture("alexnet"), inputPixels, rows };
    return withNetwork(architecture, {}, (network) => {
      weights?.(network);
      return [...network.forward(tf.clone(input), evaluation).logits.dataSync()];
    });
  };
  const all = pool("all", "average", "all", 1, "valid");
  const input = (values: number[], side: number) => tf.tensor4d(values, [1, side, side, 3]);

  it("normalises by the plain sum over five neighbours, with no division by their number", () => {
    const picture = input([1, 2, 3], 1);
    const row = localResponseNorm("n", { neighbours: 5, k: 2, alpha: 0.5, beta: 1 });
    // 1 + 4 + 9 = 14 lies within reach of each channel: b = a / (2 + 7).
    const output = run([row], 1, picture);
    expect(output.map((value) => value.toFixed(5))).toEqual(["0.11111", "0.22222", "0.33333"]);
    picture.dispose();
  });

  it("leaves padding out of an average with `same`, and counts its zeros when padded by number", () => {
    const picture = input(new Array(12).fill(1), 2);
    expect(run([pool("p", "average", 3, 1, "same"), all], 2, picture)[0]).toBeCloseTo(1, 6);
    expect(run([pool("p", "average", 3, 1, 1), all], 2, picture)[0]).toBeCloseTo(4 / 9, 6);
    picture.dispose();
  });

  it("never lets padding be the maximum", () => {
    const picture = input(new Array(12).fill(-2), 2);
    expect(run([pool("p", "max", 3, 1, 1), all], 2, picture)).toEqual([-2, -2, -2]);
    picture.dispose();
  });

  it("pads a convolution by number with zeros", () => {
    const picture = input(new Array(12).fill(1), 2);
    const ones = ({ weights }: Network) => weights[0]?.variable.assign(tf.ones([3, 3, 3, 1]));
    // Each of the four places sees all 2·2·3 ones.
    const rows = [convolution("c", 1, 3, 1, 1, plain), all];
    expect(run(rows, 2, picture, ones)).toEqual([12]);
    picture.dispose();
  });

  it("keeps two groups from seeing each other, and concatenates in branch order", () => {
    const widen = convolution("widen", 4, 1, 1, "same", plain);
    const grouped = convolution("grouped", 2, 1, 1, "same", { ...plain, groups: 2 });
    const picture = input([1, 10, 100], 1);
    const set = ({ weights }: Network) => {
      // Channels 1, 10, 100, 0; then each group sums its own two.
      weights[0]?.variable.assign(tf.tensor4d([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], [1, 1, 3, 4]));
      weights[2]?.variable.assign(tf.ones([1, 1, 2, 2]));
    };
    const module = branches("m", "", [grouped], [pool("p", "max", 1, 1, "same")]);
    expect(run([widen, module], 1, picture, set)).toEqual([11, 100, 1, 10, 100, 0]);
    picture.dispose();
  });
});
