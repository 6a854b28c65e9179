import { expect, test } from "vitest";
import { inProportion } from "../../src-main/domain/in-proportion.ts";
import { createRandom } from "../../src-main/platform/random.ts";

test("turns come in their proportions", () => {
  const turn = inProportion([3, 1]);
  expect(Array.from({ length: 8 }, turn)).toEqual([0, 0, 0, 1, 0, 0, 0, 1]);
});

test("however many turns were taken, none is off its share by a whole one", () => {
  const random = createRandom(1, "in-proportion");
  let furthest = 0;
  for (let trial = 0; trial < 200; trial++) {
    const weights = Array.from({ length: 2 + random.integer(12) }, () => 10 ** (-3 * random.uniform()));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    const taken = weights.map(() => 0);
    const turn = inProportion(weights);
    for (let turns = 1; turns <= 300; turns++) {
      taken[turn()]!++;
      for (const [place, weight] of weights.entries())
        furthest = Math.max(furthest, Math.abs(taken[place]! - (weight / whole) * turns));
    }
  }
  expect(furthest).toBeLessThan(1);
});
