/** What is said of an experiment's arms: nothing is called higher or lower that is not told from chance. */
import { expect, test } from "vitest";
import type { Level } from "../../../src-main/contract/experiment.ts";
import type { ArmVerdict, ExperimentVerdict, MeasureVerdict } from "../../../src-main/contract/verdict.ts";
import { atOnce } from "../../../src-main/domain/in-pieces.ts";
import { judgingPairs } from "../../../src-main/domain/verdicts/arm-verdicts.ts";
import {
  againstInWords,
  armVerdictInWords,
  missingVerdict,
  moreInWords,
  verdictNote,
} from "../../../src-main/domain/verdicts/verdict-words.ts";
import { againstFirst, drawnArms } from "../../support/drawn-arms.ts";

const top1: MeasureVerdict = {
  ...({ measure: "top1", value: 0.004, low: -0.015, high: 0.023, p: 0.6, adjustedP: 0.6, isTold: false } as const),
  ...{ smallestFound: 0.032, seedsToTell: 40, picturesToTell: 23_456 },
};
const hardLoss: MeasureVerdict = {
  ...({
    measure: "hardLoss",
    value: -0.031,
    low: -0.05,
    high: -0.012,
    p: 0.01,
    adjustedP: 0.02,
    isTold: true,
  } as const),
  ...{ smallestFound: 0.02, seedsToTell: 3, picturesToTell: 400 },
};
const level = (setting: string, value: number): Level => ({ name: null, changes: [{ setting, value }] });
const arm: ArmVerdict = {
  ...{ levels: [level("smoothing", 0.1)], against: [level("smoothing", 0)] },
  ...{ seeds: [1, 2, 3], pictures: 1_000, measures: [top1, hardLoss] },
};
const say = (change: Partial<ArmVerdict>) =>
  armVerdictInWords({ split: "test" }, { ...arm, ...change }).replaceAll("\u00a0", " ");

test("one sentence says what can be told, what cannot, and what more would tell", () => {
  expect(say({})).toBe(
    "Smoothed ε = 0.1 has lower hard loss (−0.031 nats, 95 % interval −0.050 to −0.012) than one-hot, over 3 seeds and 1,000 test pictures; " +
      "no difference in top-1 can be told. Of top-1, these would have told 3.2 points in 8 of 10 tries; " +
      "for 0.4 points as here it takes about 40 seeds or 24,000 pictures in all.",
  );
  expect(say({ measures: [top1] })).toMatch(
    /^Smoothed ε = 0\.1 against one-hot: no difference in top-1 can be told over 3 seeds and 1,000 test pictures\./,
  );
  expect(say({ measures: [hardLoss] })).toMatch(/, over 3 seeds and 1,000 test pictures\.$/);
});

test("the Brier score that is judged is told from that over all classes, which has its name on the same pages", () => {
  expect(say({ measures: [{ ...hardLoss, measure: "answerBrier" }] })).toContain(
    "lower Brier score of the answer (−0.031,",
  );
  const verdict: ExperimentVerdict = { split: "test", testLooks: null, arms: [arm], missing: null };
  expect(verdictNote(verdict)).toContain("Brier score of the answer (0 to 1): mean of");
});

test("conditions that both rows share stand before the two, which are called by what is their own", () => {
  const under = (noise: number) => ({
    ...arm,
    levels: [level("labelNoise", noise), ...arm.levels],
    against: [level("labelNoise", noise), ...arm.against],
  });
  expect(say(under(0.2))).toMatch(/^With label noise 20 %, smoothed ε = 0\.1 has lower .* than one-hot, over/);
  expect(againstInWords({ arms: [under(0), under(0.2)] })).toBe("against the first arm of the same conditions");
  expect(againstInWords({ arms: [arm, arm] })).toBe("against one-hot");
});

test("of one seed it is over pictures alone, and says so", () => {
  const unknown = { smallestFound: null, seedsToTell: null, picturesToTell: null };
  expect(say({ seeds: [1], measures: [{ ...top1, ...unknown }] })).toBe(
    "Smoothed ε = 0.1 against one-hot: no difference in top-1 can be told over 1,000 test pictures alone, one seed. Another seed may tell otherwise: train more to know.",
  );
});

test("what no number would tell is not given a number", () => {
  expect(moreInWords({ ...top1, seedsToTell: null, picturesToTell: null })).toContain("too small for 100 seeds");
  expect(moreInWords({ ...top1, picturesToTell: null })).toMatch(/about 40 seeds in all\.$/);
  // Nor is what reads 0.0 called too small.
  const same = { ...top1, value: -0.0004, seedsToTell: null, picturesToTell: null };
  expect(moreInWords(same)).toBe("Of top-1, these would have told 3.2 points in 8 of 10 tries.");
});

test("nothing is said where nothing is known, and why", () => {
  expect(say({ measures: [] })).toContain("nothing can be told");
  const nothing: ExperimentVerdict = { split: null, testLooks: null, arms: [], missing: "no-answers" };
  expect(missingVerdict(nothing)).toContain("No difference can be told yet");
  expect(missingVerdict({ ...nothing, missing: "many-rows" })).toContain("up to 20 rows");
  expect(verdictNote({ ...nothing, arms: [arm, arm] })).toContain(
    "corrected for 2 comparisons by Holm’s way, for each figure by itself",
  );
  expect(verdictNote({ ...nothing, arms: [arm], testLooks: 14 })).toMatch(
    /looked at 14 times: once at the end of each run; /,
  );
});

test("over equal arms “higher” and “lower” are said of what is told alone", () => {
  let told = 0;
  for (let seed = 0; seed < 200; seed++) {
    const drawn = { seeds: 3, pictures: 50, difference: 0, seedSpread: 0.02 };
    const [verdict] = atOnce(judgingPairs(againstFirst(drawnArms(drawn, seed))));
    const words = say({ ...verdict! });
    const isTold = verdict!.measures.some((one) => one.isTold);
    expect(/\b(higher|lower)\b/.test(words)).toBe(isTold);
    if (isTold) told++;
  }
  expect(told).toBeGreaterThan(0);
});
