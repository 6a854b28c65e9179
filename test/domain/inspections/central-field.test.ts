import { describe, expect, test } from "vitest";
import type { Row, Size2d } from "../../../src-main/contract/architecture.ts";
import { centralField, shareOfPicture } from "../../../src-main/domain/inspections/central-field.ts";
import { shapeRows } from "../../../src-main/domain/networks/shapes.ts";
import { findArchitecture } from "../../../src-main/models/registry.ts";
import { branches, pool, reluConvolution } from "../../../src-main/models/rows.ts";

const rowOf = (id: string, name: string) =>
  shapeRows(findArchitecture(id), 1_000).rows.find((row) => row.name === name)!;

test.each([
  ["vgg16", "conv5_3", 196, 16],
  ["vgg16", "pool5", 212, 32],
  ["alexnet", "conv1", 11, 4],
  ["alexnet", "conv5", 163, 16],
  ["alexnet", "pool5", 195, 32],
] as const)("%s %s sees %d px, %d px apart, as is known of it", (id, name, pixels, stride) => {
  const row = rowOf(id, name);
  const side = { pixels, stridePixels: stride };
  expect(row.receptiveField).toMatchObject({ height: side, width: side });
  expect([row.receptiveFieldPixels, row.receptiveFieldStridePixels]).toEqual([pixels, stride]);
});

test("of AlexNet's first convolution, whose grid of 55 has a middle, the field lies in the middle of the picture", () => {
  expect(centralField(rowOf("alexnet", "conv1"), 227)).toEqual({ x: 108, y: 108, width: 11, height: 11 });
});

test("a value that sees all sees the picture", () => {
  expect(centralField(rowOf("alexnet", "fc6"), 227)).toEqual({ x: 0, y: 0, width: 227, height: 227 });
});

test.each([
  ["a quarter of the middle", { x: 25, y: 25, width: 50, height: 50 }, 0.25],
  ["all, and padding around it", { x: -10, y: -10, width: 200, height: 200 }, 1],
  ["half of it, beyond an edge", { x: 50, y: -5, width: 100, height: 200 }, 0.5],
])("covers %s", (_, box, share) => {
  expect(shareOfPicture(box, 100)).toBeCloseTo(share, 12);
});

const convolution = (name: string, kernel: number | Size2d, stride = 1, padding: "same" | "valid" | number = "same") =>
  reluConvolution(name, 2, kernel, stride, padding);
const nets: Readonly<Record<string, readonly Row[]>> = {
  "valid kernels and a pool": [convolution("a", 5, 2, "valid"), pool("b", "max", 3, 2, "valid"), convolution("c", 3)],
  "even kernels, padded": [convolution("a", 4, 2), pool("b", "average", 2, 2, "same"), convolution("c", 2)],
  "padding by number": [convolution("a", 7, 2, 3), pool("b", "max", 3, 2, 1), convolution("c", 3, 1, 1)],
  "flattened kernels": [convolution("a", [1, 7]), convolution("b", [3, 1]), convolution("c", [1, 3], 2)],
  "a module": [
    convolution("a", 3, 2),
    branches("m", "module", [convolution("b", [1, 5])], [convolution("c", 3), convolution("d", [3, 1])]),
  ],
};
const side = 33;

/** A map of what stands at each place: the input places that it depends on. */
type Places = readonly (readonly ReadonlySet<number>[])[];

describe.each(Object.entries(nets))("%s", (_, rows) => {
  test("the field of each value is what counting dependencies finds, the padding left out", () => {
    let places: Places = Array.from({ length: side }, (_, y) =>
      Array.from({ length: side }, (_, x) => new Set([y * side + x])),
    );
    const shaped = shapeRows({ ...findArchitecture("alexnet"), inputPixels: side, rows }, 10).rows;
    for (const [index, row] of rows.entries()) {
      places = passed(row, places);
      const { receptiveField, output } = shaped[index]!;
      expect([places.length, places[0]!.length]).toEqual([output.height, output.width]);
      const middle = places[Math.floor(output.height / 2)]![Math.floor(output.width / 2)]!;
      expect(withinPicture(centralField({ receptiveField, output }, side))).toEqual(boxOf(middle));
      expect(withinPicture({ ...at(receptiveField!.width, receptiveField!.height, 0, 0) })).toEqual(
        boxOf(places[0]![0]!),
      );
    }
  });
});

function at(
  width: { fromPixel: number; pixels: number; stridePixels: number },
  height: { fromPixel: number; pixels: number; stridePixels: number },
  x: number,
  y: number,
) {
  return {
    x: width.fromPixel + x * width.stridePixels,
    y: height.fromPixel + y * height.stridePixels,
    width: width.pixels,
    height: height.pixels,
  };
}

/** Counted by looking: what every value of a row's output draws on. */
function passed(row: Row, places: Places): Places {
  if (row.kind === "branches") {
    const ends = row.branches.map((branch) => branch.reduce((from, inner) => passed(inner, from), places));
    return ends[0]!.map((line, y) => line.map((_, x) => new Set(ends.flatMap((end) => [...end[y]![x]!]))));
  }
  if (row.kind !== "convolution" && row.kind !== "pool") throw new Error(row.kind);
  const [kernelHeight, kernelWidth] = row.kind === "pool" ? [Number(row.kernel), Number(row.kernel)] : row.kernel;
  const { stride, padding } = row;
  const before = (size: number, kernel: number): [number, number] => {
    if (padding === "valid") return [0, Math.floor((size - kernel) / stride) + 1];
    if (padding !== "same") return [padding, Math.floor((size + 2 * padding - kernel) / stride) + 1];
    const cells = Math.ceil(size / stride);
    return [Math.floor(Math.max(0, (cells - 1) * stride + kernel - size) / 2), cells];
  };
  const [top, height] = before(places.length, kernelHeight);
  const [left, width] = before(places[0]!.length, kernelWidth);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const seen = new Set<number>();
      for (let i = 0; i < kernelHeight; i++)
        for (let j = 0; j < kernelWidth; j++)
          for (const place of places[y * stride - top + i]?.[x * stride - left + j] ?? []) seen.add(place);
      return seen;
    }),
  );
}

function boxOf(places: ReadonlySet<number>) {
  const ys = [...places].map((place) => Math.floor(place / side));
  const xs = [...places].map((place) => place % side);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 };
}

function withinPicture({ x, y, width, height }: { x: number; y: number; width: number; height: number }) {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return { x: left, y: top, width: Math.min(side, x + width) - left, height: Math.min(side, y + height) - top };
}
