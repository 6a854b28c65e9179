/** Differences of arms over pictures and seeds: against statsmodels, SciPy and scikit-learn, and how often they hold what they say. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { judgedMeasures } from "../../../src-main/contract/verdict.ts";
import { atOnce } from "../../../src-main/domain/in-pieces.ts";
import { studentQuantile, studentTails } from "../../../src-main/domain/statistics/students-t.ts";
import { type JudgedArm, judgingPairs } from "../../../src-main/domain/verdicts/arm-verdicts.ts";
import {
  crossedDifference,
  leastThatFinds,
  smallestFound,
} from "../../../src-main/domain/verdicts/crossed-difference.ts";
import { holmAdjusted } from "../../../src-main/domain/verdicts/holm.ts";
import {
  type JudgedAnswers,
  judgedAnswers,
  measuredDifference,
} from "../../../src-main/domain/verdicts/measured-difference.ts";
import {
  againstFirst,
  type DrawnArms,
  drawnArms,
  drawnMeasures,
  drawnVerdicts,
  shareOf,
  trueDifferences,
} from "../../support/drawn-arms.ts";

/** Of any pictures. */
const alwaysJudged = judgedMeasures.filter((measure) => measure !== "balancedAccuracy");
const withoutLoss = alwaysJudged.filter((measure) => measure !== "hardLoss");

const numbers = z.array(z.number());
const references = z
  .object({
    students: z.array(z.record(z.enum(["degrees", "tails", "quantile", "t", "beyond"]), z.number())),
    crossed: z.array(
      z.object({
        differences: z.array(numbers),
        ...{ value: z.number(), low: z.number(), high: z.number(), p: z.number() },
      }),
    ),
    holm: z.array(z.object({ ps: numbers, adjusted: numbers })),
    calibrations: z.array(
      z.object({
        answers: z.array(z.array(z.object({ rights: numbers, confidences: numbers }))),
        ...{ value: z.number(), low: z.number(), high: z.number() },
      }),
    ),
    brier: z.object({ confidences: numbers, rights: numbers, score: z.number() }),
  })
  .parse(JSON.parse(readFileSync(new URL("../references/verdicts.json", import.meta.url), "utf8")));
const expectNear = (found: number, wanted: number) => expect(Math.abs(found - wanted)).toBeLessThan(1e-9);

const answersOf = ({ rights, confidences }: { readonly rights: number[]; readonly confidences: number[] }) =>
  judgedAnswers(
    confidences.map((confidence, example) => {
      const isRight = rights[example] === 1;
      return { example, label: 0, answer: isRight ? 0 : 1, confidence, trueConfidence: isRight ? confidence : 0.1 };
    }),
  );

describe("the same definitions elsewhere", () => {
  test.each(references.students)("Student's t with $degrees degrees is SciPy's", (one) => {
    const { degrees, tails, quantile, t, beyond } = one;
    expect(studentQuantile(degrees, tails) / quantile).toBeCloseTo(1, 9);
    expectNear(studentTails(t, degrees), beyond);
  });
  test.each(references.crossed)("the table of $value has statsmodels' mean squares, and what follows", (wanted) => {
    const found = crossedDifference(wanted.differences)!;
    for (const key of ["value", "low", "high", "p"] as const) expectNear(found[key], wanted[key]);
  });
  test.each(references.holm)("Holm's correction of $ps is statsmodels'", ({ ps, adjusted }) => {
    for (const [index, p] of holmAdjusted(ps).entries()) expectNear(p, adjusted[index]!);
  });
  test.each(references.calibrations)(
    "the difference of $value in ECE is numpy's, and its interval SciPy's",
    (wanted) => {
      const [first, second] = wanted.answers.map((arm) => arm.map(answersOf)) as [JudgedAnswers[], JudgedAnswers[]];
      const found = measuredDifference(
        first.map((one, seed) => [one, second[seed]!]),
        "ece",
      )!;
      for (const key of ["value", "low", "high"] as const) expectNear(found[key], wanted[key]);
    },
  );
  test("the Brier score of the answer is scikit-learn's", () => {
    const { confidences, rights, score } = references.brier;
    const answers = answersOf({ confidences, rights });
    expectNear(answers.values.answerBrier.reduce((sum, one) => sum + one, 0) / confidences.length, score);
  });
});

/** As often as fits a test; test/bench/verdicts.ts draws more, and docs/results.md has what came of it. */
const draws = 300;
const usual: DrawnArms = { seeds: 5, pictures: 1_000, difference: 0, seedSpread: 0.01 };
const told = (drawn: DrawnArms, measure: string) =>
  shareOf(drawnVerdicts(drawn, draws), (all) => all.some((one) => one.measure === measure && one.isTold));

describe("over drawn arms", () => {
  test.each([
    { ...usual, seeds: 3, pictures: 200, seedSpread: 0.02 },
    { ...usual, seeds: 5, pictures: 500, seedSpread: 0 },
  ])("intervals of $seeds seeds and $pictures pictures hold the difference in 95 ± 2 of 100", (drawn) => {
    const truth = trueDifferences(0.05);
    const verdicts = drawnVerdicts({ ...drawn, difference: 0.05 }, draws);
    for (const measure of drawnMeasures) {
      const share = shareOf(verdicts, (all) =>
        all.some((one) => one.measure === measure && one.low <= truth[measure] && truth[measure] <= one.high),
      );
      expect([measure, Math.abs(share - 0.95) <= 0.02, share]).toEqual([measure, true, share]);
    }
  });
  test("A against A is told apart in at most 5 of 100, by any measure", () => {
    const verdicts = drawnVerdicts(usual, draws);
    for (const measure of drawnMeasures) {
      const share = shareOf(verdicts, (all) => all.some((one) => one.measure === measure && one.isTold));
      expect([measure, share <= 0.05]).toEqual([measure, true]);
      expect(share).toBeGreaterThan(0);
    }
  });
  test("so it is of six equal arms at once, where each by itself would often be", () => {
    const all = drawnVerdicts({ ...usual, pictures: 100, others: 5 }, draws).map((one) =>
      one.filter(({ measure }) => measure === "top1"),
    );
    expect(shareOf(all, (one) => one.some(({ isTold }) => isTold))).toBeLessThanOrEqual(0.05);
    expect(shareOf(all, (one) => one.some(({ low, high }) => low > 0 || high < 0))).toBeGreaterThan(0.1);
  });
  test("5 points on 1,000 pictures with 5 seeds are found in at least 80 of 100", () => {
    expect(told({ ...usual, difference: 0.05 }, "top1")).toBeGreaterThanOrEqual(0.8);
  });
});

describe("of classes with unequal numbers of pictures", () => {
  const unequal: DrawnArms = { ...usual, pictures: 600, smallClassShare: 0.1 };
  const ofBalanced = (all: ReturnType<typeof drawnVerdicts>[number]) =>
    all.find(({ measure }) => measure === "balancedAccuracy")!;

  test("the difference is that of the mean recalls", () => {
    const arms = drawnArms({ ...unequal, seeds: 2, difference: 0.1 }, 3);
    const recall = (arm: JudgedArm, label: number) => {
      const rights = [...arm.values()].flatMap(({ labels, values }) =>
        [...values.top1].filter((_, at) => labels[at] === label),
      );
      return rights.reduce((sum, one) => sum + one, 0) / rights.length;
    };
    const [first, second] = arms.map((arm) => (recall(arm, 0) + recall(arm, 1)) / 2) as [number, number];
    expectNear(ofBalanced(atOnce(judgingPairs(againstFirst(arms)))[0]!.measures).value, second - first);
  });
  test("its intervals hold the difference in at least 93 of 100, and A against A is told apart in at most 5", () => {
    const verdicts = drawnVerdicts({ ...unequal, difference: 0.05 }, draws);
    const held = shareOf(verdicts, (all) => ofBalanced(all).low <= 0.05 && ofBalanced(all).high >= 0.05);
    expect(held).toBeGreaterThanOrEqual(0.93);
    expect(shareOf(drawnVerdicts(unequal, draws), (all) => ofBalanced(all).isTold)).toBeLessThanOrEqual(0.05);
  });
  test("where classes are equal it is top-1, and is left out", () => {
    const [verdict] = atOnce(judgingPairs(againstFirst(drawnArms({ ...unequal, smallClassShare: 0.5 }, 1))));
    expect(verdict!.measures.map(({ measure }) => measure)).toEqual(alwaysJudged);
  });
});

describe("what more would tell", () => {
  const parts = { ofPictures: 0.02, ofSeeds: 0.0002, ofRest: 0.2 };
  test("is the least that would find such a difference, by its own measure", () => {
    const seeds = leastThatFinds(0.03, 100, (count) => smallestFound(parts, 1_000, Math.max(2, count)))!;
    expect(smallestFound(parts, 1_000, seeds)).toBeLessThanOrEqual(0.03);
    expect(smallestFound(parts, 1_000, seeds - 1)).toBeGreaterThan(0.03);
    // By pictures in common to all seeds alone 0.0045 is unsure: no number of seeds shows less than 1.96 + 0.84 of it.
    expect(leastThatFinds(0.012, 100_000, (count) => smallestFound(parts, 1_000, Math.max(2, count)))).toBeNull();
  });
  test("holds: what is said to be found in 8 of 10 tries is found in about as many", () => {
    const drawn = { ...usual, pictures: 300 };
    const sizes = drawnVerdicts(drawn, 100).map((all) => all.find(({ measure }) => measure === "top1")!.smallestFound!);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    const share = told({ ...drawn, difference: mean }, "top1");
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.9);
  });
});

describe("which answers are compared", () => {
  const [first, second] = drawnArms({ ...usual, pictures: 50, seeds: 3 }, 1) as [JudgedArm, JudgedArm];
  const without = (arm: JudgedArm, seed: number) => new Map([...arm].filter(([one]) => one !== seed));
  const ofOthers = (arm: JudgedArm) =>
    new Map([...arm].map(([seed, one]) => [seed, { ...one, examples: one.examples.map((example) => example + 1) }]));

  test("those of seeds that both arms finished, on the same pictures", () => {
    expect(atOnce(judgingPairs([[first, without(second, 2)]]))[0]!.seeds).toEqual([1, 3]);
    expect(atOnce(judgingPairs([[first, ofOthers(second)]]))[0]).toEqual({ seeds: [], pictures: 0, measures: [] });
  });
  test("of one seed over pictures alone, which says nothing of how many seeds would tell", () => {
    const [one] = atOnce(judgingPairs([[without(without(first, 2), 3), second]]));
    expect(one!.seeds).toEqual([1]);
    expect(one!.measures.map(({ seedsToTell, smallestFound: least }) => [seedsToTell, least])).toEqual(
      alwaysJudged.map(() => [null, null]),
    );
  });
  test("a loss of a probability too small to be recorded has no difference", () => {
    const broken = new Map(
      [...first].map(([seed, one]) => [
        seed,
        { ...one, values: { ...one.values, hardLoss: one.values.hardLoss.map(() => Infinity) } },
      ]),
    );
    expect(atOnce(judgingPairs([[broken, second]]))[0]!.measures.map(({ measure }) => measure)).toEqual(withoutLoss);
  });
  test("arms that never disagree have an interval with a width, and no difference", () => {
    const [verdict] = atOnce(judgingPairs([[first, first]]));
    const top1 = verdict!.measures[0]!;
    expect([top1.value, top1.isTold]).toEqual([0, false]);
    expect(top1.high).toBeGreaterThan(0.02);
  });
});
