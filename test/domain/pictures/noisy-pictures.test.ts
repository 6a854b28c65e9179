import { expect, test } from "vitest";
import { noisyAndClean, noisyLookedAt } from "../../../src-main/domain/pictures/noisy-pictures.ts";

test("pictures of both kinds are looked at, a thousand of each at most", () => {
  expect(noisyLookedAt(500, 0)).toBe(0);
  expect(noisyLookedAt(500, 0.2)).toBe(500);
  expect(noisyLookedAt(4_000, 0.2)).toBe(1_800);
  expect(noisyLookedAt(4_000, 1)).toBe(1_000);
});

test("those that are looked at are as many as was said, from one end of the list to the other", () => {
  const pictures = Array.from({ length: 4_000 }, (_, at) => at);
  const { wrong, clean } = noisyAndClean(pictures, (at) => at % 5 === 0);
  expect(wrong.length + clean.length).toBe(noisyLookedAt(4_000, 0.2));
  expect(wrong.every((at) => at % 5 === 0) && clean.every((at) => at % 5 !== 0)).toBe(true);
  expect(wrong.at(-1)).toBeGreaterThan(3_900);
});
