import { expect, test } from "vitest";
import type { Prediction } from "../../src-main/contract/run.ts";
import { labelSuspects } from "../../src-main/domain/label-suspects.ts";

const answered = (
  example: number,
  label: number,
  trueConfidence: number,
  answer = label,
  confidence = trueConfidence,
): Prediction => ({ example, label, answer, confidence, trueConfidence });

test("a picture is a suspect where another class is as likely as its own pictures are on average, the surest first", () => {
  // Thresholds: class 0 has (0.9 + 0.75 + 0.09) / 3 = 0.58, class 1 has (0.7 + 0.3 + 0.2) / 3 = 0.4.
  const found = labelSuspects([
    answered(0, 0, 0.9),
    answered(1, 0, 0.75),
    answered(2, 0, 0.09, 1, 0.9),
    answered(3, 1, 0.7),
    answered(4, 1, 0.3, 0, 0.57),
    answered(5, 1, 0.2, 0, 0.6),
    // No picture is labelled 2, so that nothing says how likely such a picture would be.
    answered(6, 1, 0.4, 2, 0.6),
  ]);
  expect(found.map(({ example }) => example)).toEqual([2, 5]);
});

test("nothing is suspect where every answer is the label, and of no pictures", () => {
  expect(labelSuspects([answered(0, 0, 0.4), answered(1, 1, 0.9)])).toEqual([]);
  expect(labelSuspects([])).toEqual([]);
});
