import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Prediction } from "../../../src-main/contract/run.ts";
import { labelSuspects } from "../../../src-main/domain/pictures/label-suspects.ts";

const answered = (
  example: number,
  label: number,
  trueConfidence: number,
  answer = label,
  confidence = trueConfidence,
): Prediction => ({ example, label, answer, confidence, trueConfidence });

test("as many are suspects as count as another class, those that are least like their label, the least likely label first", () => {
  // Thresholds: class 0 has (0.9 + 0.75 + 0.09) / 3 = 0.58, class 1 has (0.7 + 0.3 + 0.2 + 0.4) / 4 = 0.4. Of class 0, one in three counts as class 1; of
  // class 1, 5 alone counts as class 0, among three that count: 1.3 of four, and of 4 and 5 it is the one that is further from its label.
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

/**
 * Made with cleanlab 2.9.0, `find_label_issues(labels, probabilities, return_indices_ranked_by=…)`: of 200 pictures of two classes drawn by a seed, and of the
 * first 900 answers of `test/bench/label-suspects.ts` with AlexNet. Each answer is label, answer, and the probabilities of the answer and of the label.
 */
interface Golden {
  readonly twoClasses: { readonly answers: readonly Row[]; readonly suspects: readonly number[] };
  readonly tenClasses: {
    readonly answers: readonly Row[];
    readonly mislabelled: readonly number[];
    readonly bySelfConfidence: readonly number[];
    readonly byNormalizedMargin: readonly number[];
  };
}
type Row = readonly [label: number, answer: number, confidence: number, trueConfidence: number];

const golden: Golden = JSON.parse(
  readFileSync(new URL("../../support/cleanlab-answers.json", import.meta.url), "utf8"),
) as Golden;
const suspectsOf = (answers: readonly Row[]) =>
  labelSuspects(
    answers.map(([label, answer, confidence, trueConfidence], example) =>
      answered(example, label, trueConfidence, answer, confidence),
    ),
  ).map(({ example }) => example);

test("of two classes they are cleanlab's, in its order", () => {
  const { answers, suspects } = golden.twoClasses;
  expect(suspects.length).toBeGreaterThan(20);
  expect(suspectsOf(answers)).toEqual(suspects);
});

test("of ten classes the first forty are no fewer mislabelled ones than cleanlab's, by either of its rankings, and all but two are its own", () => {
  const { answers, mislabelled, bySelfConfidence, byNormalizedMargin } = golden.tenClasses;
  const wrong = new Set(mislabelled);
  const wrongOf = (found: readonly number[]) => found.filter((example) => wrong.has(example)).length;
  const first = suspectsOf(answers).slice(0, bySelfConfidence.length);
  expect([wrongOf(bySelfConfidence), wrongOf(byNormalizedMargin)]).toEqual([21, 14]);
  expect(wrongOf(first)).toBeGreaterThanOrEqual(21);
  expect(first.filter((example) => bySelfConfidence.includes(example)).length).toBeGreaterThanOrEqual(38);
});
