import { expect, test } from "vitest";
import { roundMarks, roundStep } from "../../src-main/domain/round-steps.ts";

test("a step is the least round one that cuts the span into at most so many", () => {
  const spans = [1, 2.3, 4, 5, 0.53, 1_000, 1.0000000001];
  expect(spans.map((span) => roundStep(span, 5))).toEqual(
    [0.2, 0.5, 1, 1, 0.2, 200, 0.2].map((step) => expect.closeTo(step)),
  );
});

test("marks are its multiples, both ends among them, as they are written", () => {
  expect(roundMarks(0, 1, 0.2)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(roundMarks(-0.3, 0.31, 0.1)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  expect(roundMarks(11, 19, 20)).toEqual([]);
});
