import { expect, it } from "vitest";
import { inTwoLines } from "../../src-renderer/features/experiment/in-two-lines.ts";

it.each([
  ["weight decay", ["weight", "decay"]],
  ["label smoothing and weight decay", ["label smoothing", "and weight decay"]],
  ["smoothing", ["smoothing"]],
  ["", [""]],
])("%s is broken where both lines are alike in length", (text, lines) => {
  expect(inTwoLines(text)).toEqual(lines);
});
