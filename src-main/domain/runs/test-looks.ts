/**
 * A look at the test pictures is one network evaluated on them, which every run is once, at its end, and anew where it goes on from there. That a person
 * opens a page again shows nothing new. It is counted for each data set, also of runs that were deleted since.
 */
import { countInWords } from "../health/words.ts";

export function testLooksInWords(looks: number): string {
  return `The test pictures of this data set were looked at ${countInWords(looks, "time")}, once at the end of each run: the more looks, the likelier one stands out by chance.`;
}
