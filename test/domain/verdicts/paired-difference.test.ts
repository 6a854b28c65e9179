/** Differences over the same pictures, against statsmodels and SciPy, and how often their intervals hold the truth. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Prediction } from "../../../src-main/contract/run.ts";
import { exactMcnemar } from "../../../src-main/domain/verdicts/mcnemar.ts";
import { pairedFigures, pairedLossDifference } from "../../../src-main/domain/verdicts/paired-difference.ts";
import { createRandom, type Random } from "../../../src-main/platform/random.ts";

const references = z
  .object({
    mcnemar: z.array(z.object({ first: z.int(), second: z.int(), p: z.number() })),
    pairedMeans: z.array(
      z.object({
        probabilities: z.tuple([z.array(z.number()), z.array(z.number())]),
        ...{ value: z.number(), low: z.number(), high: z.number() },
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL("../references/paired.json", import.meta.url), "utf8")));

const answered = (probabilities: readonly number[]) =>
  probabilities.map(
    (p, example): Prediction => ({ example, label: 0, answer: p > 0.5 ? 0 : 1, confidence: p, trueConfidence: p }),
  );

test.each(references.mcnemar)("McNemar's test of $first against $second is statsmodels'", ({ first, second, p }) => {
  expect(Math.abs(exactMcnemar(first, second) - p)).toBeLessThan(1e-9);
});

test.each(references.pairedMeans)("the interval of a difference in hard loss is SciPy's, near $value", (reference) => {
  const [first, second] = reference.probabilities.map(answered);
  const { value, low, high } = pairedLossDifference(first!, second!)!;
  // The table of Student's t has six decimals, which two pictures bring out.
  for (const [found, wanted] of [
    [value, reference.value],
    [low, reference.low],
    [high, reference.high],
  ] as const)
    expect(Math.abs(found - wanted)).toBeLessThan(1e-9);
});

describe("over 2,000 drawn sets of pictures", () => {
  const truth = 0.1;
  const sets = 2_000;
  const shareHeld = (pictures: number, holds: (random: Random) => boolean) => {
    const random = createRandom(7, "coverage", String(pictures));
    return Array.from({ length: sets }, () => holds(random)).filter(Boolean).length / sets;
  };
  // The logarithm of a uniform number is an exponential loss of mean 1, as skewed as losses are.
  const losses = (random: Random, pictures: number, mean: number) =>
    Array.from({ length: pictures }, () => -mean * Math.log(1 - random.uniform()));

  test.each([100, 400, 1_000])("intervals over %d pictures hold the difference in 95 ± 2 of 100", (pictures) => {
    const share = shareHeld(pictures, (random) => {
      const probabilities = [1, 1 + truth].map((mean) => losses(random, pictures, mean).map((loss) => Math.exp(-loss)));
      const { low, high } = pairedLossDifference(answered(probabilities[0]!), answered(probabilities[1]!))!;
      return low <= truth && truth <= high;
    });
    expect(Math.abs(share - 0.95)).toBeLessThan(0.02);
  });

  test.each([100, 400, 1_000])(
    "equal arms differ by McNemar's test in 5 of 100 at most, of %d pictures",
    (pictures) => {
      const share = shareHeld(pictures, (random) => {
        const first = Array.from({ length: pictures }, () => random.uniform());
        const second = first.map((p) => (random.uniform() < 0.7 ? p : random.uniform()));
        return pairedFigures([answered(first), answered(second)]).mcnemar!.p < 0.05;
      });
      expect(share).toBeLessThanOrEqual(0.05);
      expect(share).toBeGreaterThan(0.005);
    },
  );
});

test("nothing is told where the answers are of other pictures, of one run or of three", () => {
  const answers = answered([0.2, 0.7]);
  const others = answers.map((answer) => ({ ...answer, example: answer.example + 1 }));
  const nothing = { top1Difference: null, hardLossDifference: null, eceDifference: null, mcnemar: null };
  for (const runs of [[], [answers], [answers, others], [answers, []], [answers, answers, answers]])
    expect(pairedFigures(runs)).toEqual(nothing);
  expect(pairedFigures([answers, answered([0.2, 0])]).hardLossDifference).toBeNull();
});
