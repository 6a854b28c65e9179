/**
 * A look at the test pictures is one network whose figures on them become known. It is counted for each data set, also of runs that were deleted since. What
 * counts stands here alone; a page, a report or a command that shows a run's recorded test figures again (its own, Compare, calibration, classes, an
 * experiment's verdict) shows nothing new and counts as none.
 */
import type { RunView } from "../../contract/run.ts";
import { countInWords } from "../health/words.ts";

/** Each of these is one look. */
const looksInWords = [
  // Again where a run goes on from there. One that holds a fold out is tested on training pictures.
  "once at the end of each run",
  // Its network was tested on them elsewhere.
  "once for each imported run with test figures that was not here before",
  // The weights of another epoch may have answered. Copies elsewhere are not known again.
  "once each time that predict put all of them to a network from where they lie",
];

/** Whether its test figures are of test pictures. */
export const looksAtTest = ({ test, configuration }: Pick<RunView, "test" | "configuration">): boolean =>
  test !== null && configuration.training.fold === null;

export function testLooksInWords(looks: number): string {
  return `The test pictures of this data set were looked at ${countInWords(looks, "time")}: ${looksInWords.join("; ")}. The more looks, the likelier one stands out by chance.`;
}
