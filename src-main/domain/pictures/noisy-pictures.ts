/** Which training pictures are looked at after each epoch where some have a wrong label: how many of both kinds, and which. */
import { spreadOver } from "../spread-over.ts";

/** Of those with a wrong label, and of the others: enough for a share to within 3.2 points in 95 of 100 looks, and little beside an epoch's own pictures. */
export const mostOfEachKind = 1_000;

/** @param pictures of the training split @param wrongShare of them */
export function noisyLookedAt(pictures: number, wrongShare: number): number {
  const wrong = Math.round(wrongShare * pictures);
  return wrong === 0 ? 0 : Math.min(wrong, mostOfEachKind) + Math.min(pictures - wrong, mostOfEachKind);
}

/** The examples of each kind, at equal distances through the list. */
export function noisyAndClean<Example>(examples: readonly Example[], isWrong: (example: Example) => boolean) {
  const wrong = examples.filter(isWrong);
  const clean = examples.filter((example) => !isWrong(example));
  return { wrong: spreadOver(wrong, mostOfEachKind), clean: spreadOver(clean, mostOfEachKind) };
}
