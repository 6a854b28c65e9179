import { expect, test } from "vitest";
import { standardised } from "../../../src-main/domain/inspections/standardised.ts";

test("has mean 0 and deviation 1 over what is learned from, by which others are made too; a still channel is 0", () => {
  const learned = Float32Array.of(1, 7, 3, 7);
  const [own, other] = standardised(learned, 2, [Float32Array.of(4, 9)]);
  expect([...own]).toEqual([-1, 0, 1, 0]);
  expect([...other!]).toEqual([2, 0]);
});
