import { expect, test } from "vitest";
import { firstLossScaling, growthSteps, isExhausted, nextLossScaling } from "../../src-main/training/loss-scaling.ts";

const begun = { scale: 32_768, goodSteps: 0, stepsSkipped: 0 };

test("float16 begins at 2^15, and no other precision is scaled", () => {
  expect(firstLossScaling("float16")).toEqual(begun);
  expect([firstLossScaling("float32"), firstLossScaling("bfloat16")]).toEqual([null, null]);
});

test("a skipped step halves the scale, is counted, and the good steps begin anew", () => {
  expect(nextLossScaling({ scale: 32_768, goodSteps: 7, stepsSkipped: 2 }, false)).toEqual({
    scale: 16_384,
    goodSteps: 0,
    stepsSkipped: 3,
  });
});

test("after two thousand good steps in a row the scale is doubled, and not a step earlier", () => {
  let state = nextLossScaling(begun, false);
  for (let step = 1; step < growthSteps; step++) state = nextLossScaling(state, true);
  expect(state).toEqual({ scale: 16_384, goodSteps: 1_999, stepsSkipped: 1 });
  expect(nextLossScaling(state, true)).toEqual({ scale: 32_768, goodSteps: 0, stepsSkipped: 1 });
});

test("a scale below one has nothing left to give", () => {
  expect(isExhausted({ ...begun, scale: 1 })).toBe(false);
  expect(isExhausted(nextLossScaling({ ...begun, scale: 1 }, false))).toBe(true);
});
