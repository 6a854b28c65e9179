import { expect, test } from "vitest";
import { kernelsTexts } from "../../src-renderer/features/lessons/kernels/kernels-texts.ts";

test("trained kernels are told from random ones only where chance does not reach", () => {
  expect(kernelsTexts.comparison(0.03, 24, 0.05)).toBe(
    "These kernels are no more and no less separable than chance allows. The mean of 24\u00a0random kernels lies within 5.0 points of all random ones’ in 95 of 100 draws; theirs is 3.0 away.",
  );
  expect(kernelsTexts.comparison(0.06, 24, 0.05)).toMatch(
    /^These kernels are more separable .* theirs is 6\.0 above\.$/,
  );
  expect(kernelsTexts.comparison(-0.06, 24, 0.05)).toMatch(/^These kernels are less .* theirs is 6\.0 below\.$/);
});

test("kernels that are smaller here than in the paper are named as such", () => {
  expect(kernelsTexts.printedSide([3, 3], "7×7/2 same, 64")).toBe("At its paper’s size they are 7×7.");
  expect(kernelsTexts.printedSide([7, 7], "7×7/2 same, 64")).toBe("");
});
