import { expect, test } from "vitest";
import { fieldOf, strongestMaps } from "../../../src-main/domain/inspections/activation-maps.ts";

test("maps come by their mean, each with its largest value and where that stands", () => {
  // Two channels on a grid of 2 × 3, side by side in memory.
  const first = [0, 0, 0, 0, 0, 6];
  const second = [2, 3, 2, 1, 1, 0];
  const values = Float32Array.from(first.flatMap((value, at) => [value, second[at]!]));
  expect(strongestMaps({ height: 2, width: 3, channels: 2, values })).toEqual([
    { channel: 1, mean: 1.5, peak: { value: 3, x: 1, y: 0 } },
    { channel: 0, mean: 1, peak: { value: 6, x: 2, y: 1 } },
  ]);
});

test("a value's field lies as many strides from the first one's as the value does", () => {
  const side = { pixels: 11, stridePixels: 4, fromPixel: -2 };
  expect(fieldOf({ receptiveField: { width: side, height: side } }, { x: 3, y: 0 })).toEqual({
    ...{ x: 10, y: -2, width: 11, height: 11 },
  });
  expect(fieldOf({ receptiveField: null }, { x: 3, y: 0 })).toBeNull();
});
