/** What other programs' models say that their layers compute, beside our tables: layers of Keras 2 and 3, and functions of TensorFlow. */
import { expect, test } from "vitest";
import type { RowDifference } from "../../../src-main/contract/weights.ts";
import { functionGraph } from "../../../src-main/models/foreign/function-graph.ts";
import { graphDifferences } from "../../../src-main/models/foreign/graph-differences.ts";
import { kerasLayers } from "../../../src-main/models/foreign/keras-layers.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { convolution } from "../../../src-main/models/rows.ts";
import { kerasLenet, type LenetChoices, lenetFunction, node, savedModel } from "./lenet-models.ts";
import { bytesField, message, textField } from "./wire-fields.ts";

const kernels: Readonly<Record<string, string>> = {
  ...{ C1: "conv2d", C3: "conv2d_1", C5: "dense", F6: "dense_1", OUTPUT: "dense_2" },
};
const lenet5 = findArchitecture("lenet5");

const ofLayers = (version: 2 | 3) => (choices: LenetChoices) => {
  const layers = kerasLayers(kerasLenet(version, choices));
  return graphDifferences(
    lenet5,
    (row) => kernels[row],
    (kernel) => layers?.get(kernel),
  );
};
const ofFunction = (choices: LenetChoices) => {
  const layers = functionGraph(lenetFunction(choices));
  return graphDifferences(
    lenet5,
    (row) => kernels[row],
    (kernel) => layers.get(`${kernel}/kernel`),
  );
};

type Compare = (choices: LenetChoices) => readonly RowDifference[] | null;
const programs: readonly (readonly [string, Compare])[] = [
  ["Keras 2", ofLayers(2)],
  ["Keras 3", ofLayers(3)],
  ["a function of TensorFlow", ofFunction],
];

test.each(programs)("the same LeNet-5 by %s computes the same, with or without a softmax behind", (_, compare) => {
  expect(compare({})).toEqual([]);
  expect(compare({ last: "softmax" })).toEqual([]);
});

test.each(programs)("another activation by %s is told of every row", (_, compare) => {
  const told = compare({ activation: "relu" });
  expect(told?.map(({ row }) => row)).toEqual(["C1", "C3", "C5", "F6"]);
  expect(told?.[0]).toEqual({
    row: "C1",
    here: "convolution at stride 1, valid, tanh",
    there: "convolution at stride 1, valid, relu",
  });
});

test.each(programs)("another kind of pool by %s, another stride and another border are told", (_, compare) => {
  const pools = [
    { row: "S2", here: "average 2×2/2 valid", there: "max 2×2/2 valid" },
    { row: "S4", here: "average 2×2/2 valid", there: "max 2×2/2 valid" },
  ];
  expect(compare({ pool: "max" })).toEqual(pools);
  expect(compare({ stride: 2 })).toEqual([
    {
      row: "C1",
      here: "convolution at stride 1, valid, tanh",
      there: "convolution at stride 2, valid, tanh",
    },
  ]);
  expect(compare({ border: "same" })?.[0]).toMatchObject({ there: "convolution at stride 1, same, tanh" });
});

test.each(programs)("a layer that no row here is, by %s, is told where it stands", (_, compare) => {
  expect(compare({ isScaled: true })).toEqual([
    { row: "C1", here: "behind the picture", there: expect.stringMatching(/^behind (Rescaling|Mul)$/) },
  ]);
});

test("zeros around the grid by a layer of Keras are the border of the convolution behind it", () => {
  expect(ofLayers(3)({ zeros: 2 })?.[0]).toMatchObject({ there: "convolution at stride 1, padded 2, tanh" });
});

test("what is in no known form is not said: a model within the model, a graph without a serving function, bytes that are none", () => {
  expect(kerasLayers({ model_config: { class_name: "Functional", config: {} } })).toBeNull();
  expect(kerasLayers({ node: [] })).toBeNull();
  expect(functionGraph(new Uint8Array())).toEqual(new Map());
  const whole = lenetFunction({});
  for (let length = 0; length < whole.length; length += 13)
    expect(functionGraph(whole.slice(0, length)).size).toBeLessThanOrEqual(5);
});

test("another ε of a batch normalisation is told, and none where the file does not say one", () => {
  const batchNorm = { epsilon: 0.001, momentum: 0.1 };
  const rows = [convolution("C1", 6, 3, 1, "valid", { groups: 1, batchNorm, activation: "relu" })];
  const compareWith = (norm: object) => {
    const layer = (kind: string, config: object) => ({ class_name: kind, config: { name: kind, ...config } });
    const layers = [layer("Conv2D", { activation: "linear" }), ...[norm].flat(), layer("ReLU", {})];
    const nodes = kerasLayers({ model_config: { class_name: "Sequential", config: { layers } } });
    return graphDifferences(
      { ...lenet5, rows },
      () => "Conv2D",
      (kernel) => nodes?.get(kernel),
    );
  };
  const norm = (config: object) => ({ class_name: "BatchNormalization", config });
  expect(compareWith(norm({}))).toEqual([]);
  expect(compareWith(norm({ epsilon: 0.0010000000474974513 }))).toEqual([]);
  expect(compareWith([])).toEqual([]);
  expect(compareWith(norm({ epsilon: 1e-5 }))).toEqual([
    {
      row: "C1",
      here: "convolution at stride 1, valid, relu, ε 0.001",
      there: "convolution at stride 1, valid, relu, ε 0.00001",
    },
  ]);
});

test("a function's fused batch normalisation says its ε, which may differ from the row's", () => {
  const epsilon = (value: number) => Uint8Array.from([0x25, ...new Uint8Array(Float32Array.of(value).buffer)]);
  const batchNorm = { epsilon: 0.001, momentum: 0.1 };
  const rows = [convolution("C1", 6, 3, 1, "valid", { groups: 1, batchNorm, activation: "relu" })];
  const toldOf = (value: number) => {
    const window = (numbers: readonly number[]) => bytesField(1, bytesField(3, Uint8Array.from(numbers)));
    const nodes = [
      node("x", "Placeholder", []),
      ...["kernel", "gamma"].map((name) => node(name, "VarHandleOp", [], { shared_name: textField(2, name) })),
      node("conv", "Conv2D", ["x", "kernel"], { strides: window([1, 1, 1, 1]), padding: textField(2, "VALID") }),
      node("norm", "FusedBatchNormV3", ["conv", "gamma"], { epsilon: epsilon(value) }),
      node("act", "Relu", ["norm"]),
    ];
    const layers = functionGraph(savedModel(message(...nodes.map((one) => bytesField(1, one))), "act:0"));
    return graphDifferences(
      { ...lenet5, rows },
      () => "kernel",
      (kernel) => layers.get(kernel),
    );
  };
  expect(toldOf(0.001)).toEqual([]);
  expect(toldOf(0.5)).toEqual([expect.objectContaining({ row: "C1", there: expect.stringMatching(/relu, ε 0\.5$/) })]);
});
