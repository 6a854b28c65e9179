/**
 * A look at the test pictures is one network whose figures on them become known. It is counted for each data set, also of runs that were deleted since. What
 * counts stands here alone; a page, a report or a command that shows a run's recorded test figures again (its own, Compare, calibration, classes, an
 * experiment's verdict) shows nothing new and counts as none.
 */
import { countInWords } from "../health/words.ts";

/** Each of these is one look. */
const looksInWords = [
  // Again where a run goes on from there.
  "once at the end of each run",
  // Its network was tested on them elsewhere.
  "once for each imported run",
  // The weights of another epoch may have answered.
  "once each time that predict put them to a network",
];

export function testLooksInWords(looks: number): string {
  return `The test pictures of this data set were looked at ${countInWords(looks, "time")}: ${looksInWords.join("; ")}. The more looks, the likelier one stands out by chance.`;
}
