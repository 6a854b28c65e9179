import { expect, test } from "vitest";
import { fourierBasis, frequencyScales } from "../../../src-main/domain/inspections/fourier-basis.ts";

test.each([5, 8, 32])("of side %i is orthonormal", (side) => {
  const { basis } = fourierBasis(side);
  for (let one = 0; one < side; one++)
    for (let other = 0; other < side; other++) {
      let product = 0;
      for (let at = 0; at < side; at++) product += basis[one * side + at]! * basis[other * side + at]!;
      expect(product).toBeCloseTo(one === other ? 1 : 0, 5);
    }
});

test("has the frequencies in order, and gives coarse ones more room", () => {
  const { frequencies } = fourierBasis(4);
  expect(frequencies).toEqual([0, 0.25, 0.25, 0.5]);
  const scales = frequencyScales(frequencies);
  // A constant counts as one wave over the side.
  expect([scales[0], scales[1], scales[3]]).toEqual([4, 4, 2]);
});
