import { expect, test } from "vitest";
import type { BatchNorm, PlainRow, Row } from "../../../src-main/contract/architecture.ts";
import { changeRows } from "../../../src-main/domain/networks/row-walk.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { rowDifferences } from "../../../src-main/models/row-differences.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";
import {
  fromTorchvision,
  torchvisionDifferences,
  torchvisionIds,
  toTorchvision,
} from "../../../src-main/models/torchvision.ts";
import { listWeights } from "../../../src-main/models/weight-list.ts";

const differences = (id: string, inputPixels: number, width = 1) =>
  torchvisionDifferences(scaleArchitecture(findArchitecture(id), { inputPixels, width }));

test.each(torchvisionIds)("at its own size %s is torchvision's network", (id) => {
  expect(differences(id, findArchitecture(id).inputPixels)).toEqual([]);
});

test.each([
  ["inception-v3-torchvision", 320],
  ["alexnet-torchvision", 227],
  ["vgg16", 230],
  ["googlenet-torchvision", 256],
] as const)("and %s at %i px too: it averages over any grid, or ends in the same one", (id, inputPixels) => {
  expect(differences(id, inputPixels)).toEqual([]);
});

test("Google's average pools are the only difference of its Inception-v3", () => {
  const pools = differences("inception-v3", 299);
  expect(pools).toHaveLength(9);
  expect(pools[0]).toEqual({
    row: "Mixed_5b/Branch_3/AvgPool_0a_3x3",
    here: "average 3×3/1 same",
    there: "average 3×3/1 padded 1",
  });
});

test.each([
  [
    "a smaller picture, for which strides are given up",
    "inception-v3-torchvision",
    96,
    1,
    "Conv2d_1a_3x3",
    "3×3/1 same, 32, relu",
  ],
  ["a narrower network", "vgg11", 224, 0.5, "conv1_1", "3×3/1 same, 32, relu"],
  [
    "a grid that the dense layer sees and torchvision first pools to 7×7",
    "vgg11",
    160,
    1,
    "flatten",
    "to one row on 5×5",
  ],
  [
    "an odd grid, on which same is not ceil mode",
    "googlenet-torchvision",
    225,
    1,
    "pool1/3x3_s2",
    "max 3×3/2 same on 113×113",
  ],
] as const)("%s is told", (_, id, inputPixels, width, row, here) => {
  expect(differences(id, inputPixels, width).find((one) => one.row === row)).toMatchObject({ here });
});

test("a kernel brought to torchvision's layout and back is what it was, also of a dense layer behind a grid", () => {
  const small = scaleArchitecture(findArchitecture("alexnet-torchvision"), { inputPixels: 64, width: 0.1 });
  for (const weight of listWeights(small, 5)) {
    const size = weight.shape.reduce((product, side) => product * side, 1);
    const values = Float32Array.from({ length: size }, (_, at) => at);
    expect(fromTorchvision(weight, toTorchvision(weight, values))).toEqual(values);
  }
});

test("another ε of a batch normalisation is a difference, and another momentum, which no prediction takes, is none", () => {
  const table = findArchitecture("inception-v3");
  const withBatchNorm = (batchNorm: BatchNorm) => {
    const change = (row: PlainRow): Row => ("batchNorm" in row && row.batchNorm ? { ...row, batchNorm } : row);
    return rowDifferences(table, { ...table, rows: changeRows(table.rows, change, true) });
  };
  expect(withBatchNorm({ epsilon: 0.001, momentum: 0.0003 })).toEqual([]);
  expect(withBatchNorm({ epsilon: 1e-5, momentum: 0.1 })[0]).toEqual({
    row: "Conv2d_1a_3x3",
    here: "3×3/2 valid, 32, relu, batch normalisation with ε 0.001",
    there: "3×3/2 valid, 32, relu, batch normalisation with ε 0.00001",
  });
});
