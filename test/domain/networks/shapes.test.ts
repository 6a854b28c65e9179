import { describe, expect, it } from "vitest";
import type { Architecture, Row } from "../../../src-main/contract/architecture.ts";
import { shapeRows } from "../../../src-main/domain/networks/shapes.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import {
  auxiliary,
  branches,
  convolution,
  dense,
  flatten,
  inceptionBatchNorm,
  pool,
} from "../../../src-main/models/rows.ts";
import { scaleArchitecture } from "../../../src-main/models/scale.ts";

const plain = { groups: 1, batchNorm: null, activation: "relu" } as const;
const tiny = (rows: readonly Row[], inputPixels = 8): Architecture => ({
  ...{ id: "tiny", family: "tiny", title: "Tiny", year: 2000, paper: "", variant: "", about: "", weightLayers: 1 },
  loss: "cross-entropy",
  inputPixels,
  rows,
});
const one = (row: Row) => shapeRows(tiny([row]), 10).rows[0];

describe("the shape calculator", () => {
  it("counts a convolution's kernel and biases, and the kernel's use at every output value", () => {
    // 3·3·3·4 kernel weights, 4 biases; 8 × 8 places.
    expect(one(convolution("c", 4, 3, 1, "same", plain))).toMatchObject({
      output: { height: 8, width: 8, channels: 4 },
      parameters: 108 + 4,
      multiplyAdds: 108 * 64,
      activationBytes: 4 * 64 * 4,
      detail: "3×3/1 same, 4",
    });
  });

  it("counts γ and β in a bias's place", () => {
    expect(one(convolution("c", 4, 3, 1, "same", { ...plain, batchNorm: inceptionBatchNorm }))?.parameters).toBe(
      108 + 8,
    );
  });

  it("halves a kernel cut into two groups", () => {
    const rows = [convolution("a", 4, 1, 1, "same", plain), convolution("b", 4, 1, 1, "same", { ...plain, groups: 2 })];
    expect(shapeRows(tiny(rows), 10).rows[1]?.parameters).toBe(2 * 4 + 4);
  });

  it("refuses groups that do not divide the channels", () => {
    const row = convolution("c", 4, 1, 1, "same", { ...plain, groups: 2 });
    expect(() => one(row)).toThrow("2 groups do not divide 3 → 4 channels");
  });

  it.each([
    ["valid", 3, 2, 3],
    ["same", 3, 2, 4],
    [1, 3, 2, 4],
    [2, 5, 1, 8],
  ] as const)("pads %s: a %d×%d kernel at stride %d", (padding, kernel, stride, side) => {
    expect(one(convolution("c", 4, kernel, stride, padding, plain))?.output.height).toBe(side);
  });

  it("lets one output value see 3, 4, then 8 pixels through conv 3, pool 2/2, conv 3", () => {
    const rows = [
      convolution("a", 4, 3, 1, "same", plain),
      pool("b", "max", 2, 2, "valid"),
      convolution("c", 4, 3, 1, "same", plain),
      flatten("d"),
      dense("e", "classes", { batchNorm: null, activation: "none" }),
    ];
    const { rows: shaped, totals } = shapeRows(tiny(rows), 10);
    expect(shaped.map((row) => row.receptiveFieldPixels)).toEqual([3, 4, 8, null, null]);
    expect(totals.receptiveFieldPixels).toBe(8);
    expect(shaped.at(-1)).toMatchObject({ parameters: 4 * 4 * 4 * 10 + 10, output: { channels: 10 } });
  });

  it("lets a network of dense rows alone see the whole input", () => {
    const rows = [flatten("a"), dense("b", "classes", { batchNorm: null, activation: "none" })];
    expect(shapeRows(tiny(rows), 10).totals.receptiveFieldPixels).toBe(8);
    const svm = scaleArchitecture(findArchitecture("linear-svm"), { inputPixels: 48, width: 1 });
    expect(shapeRows(svm, 10).totals.receptiveFieldPixels).toBe(48);
  });

  it("takes the widest branch's field, and the wider side of a flattened kernel", () => {
    const module = branches(
      "m",
      "module",
      [convolution("a", 2, [1, 7], 1, "same", plain)],
      [convolution("b", 2, 3, 1, "same", plain)],
    );
    expect(one(module)).toMatchObject({ receptiveFieldPixels: 7, output: { channels: 4 } });
  });

  it("sums a module over its branches", () => {
    const module = branches(
      "m",
      "module",
      [convolution("a", 2, 1, 1, "same", plain)],
      [convolution("b", 5, 1, 1, "same", plain)],
    );
    expect(one(module)).toMatchObject({
      parameters: 3 * 2 + 2 + 3 * 5 + 5,
      multiplyAdds: 21 * 64,
      activationBytes: 4 * 64 * 7,
    });
  });

  it("refuses branches that end in different grids", () => {
    const module = branches("m", "module", [pool("a", "max", 2, 2, "valid")], [pool("b", "max", 3, 1, "same")]);
    expect(() => one(module)).toThrow("the branches of m end in different grids");
  });

  it("keeps heads out of the totals", () => {
    const head = auxiliary("h", 0.3, [flatten("f"), dense("d", "classes", { batchNorm: null, activation: "none" })]);
    expect(shapeRows(tiny([head]), 10).totals).toMatchObject({
      parameters: 0,
      multiplyAdds: 0,
      auxiliaryParameters: 192 * 10 + 10,
    });
  });
});

describe("paths and weight layers", () => {
  const step = (name: string) => convolution(name, 2, 1, 1, "same", plain);
  const two = branches("two", "", [step("a")], [step("a"), step("b")]);

  const countPaths = (rows: readonly Row[]) => shapeRows(tiny(rows), 10).totals.paths;
  const countWeightLayers = (rows: readonly Row[]) => shapeRows(tiny(rows), 10).totals.longestPathLayers;

  it("doubles the paths with each module of two branches, as features double with each layer", () => {
    expect(countPaths([step("a")])).toBe(1);
    expect(countPaths([two])).toBe(2);
    expect(countPaths([two, step("c"), two, two])).toBe(8);
  });

  it("adds nested branches: one way, and two in the other", () => {
    expect(countPaths([branches("outer", "", [step("a")], [step("b"), two])])).toBe(3);
  });

  it("counts weight layers along the longest branch", () => {
    expect(countWeightLayers([step("a"), two, branches("outer", "", [step("a")], [step("b"), two])])).toBe(1 + 2 + 3);
  });
});
