/** What an ECE says, in words: the same on the page and on the command line. */
import type { BinnedCalibration, CalibrationView } from "../../contract/calibration.ts";
import { countInWords } from "../health/words.ts";
import { roundedDecimal } from "../rounding.ts";

/** As in "Of ECE 0.031, 0.022 would be there by chance alone on 100 test pictures: …". */
export function chanceInWords(
  { error, byChance }: Pick<BinnedCalibration, "error" | "byChance">,
  { split, pictures }: Pick<CalibrationView, "split" | "pictures">,
): string {
  const [seen, mean, high] = [error, byChance.mean, byChance.high].map((value) => roundedDecimal(value, 3));
  const on = countInWords(pictures, `${split} picture`);
  if (error > byChance.high)
    return `Of ECE ${seen}, ${mean} would be there by chance alone on ${on}. A perfectly calibrated network with these confidences stays below ${high} in 39 of 40 draws: this one is not calibrated.`;
  return `A perfectly calibrated network with these confidences would show an ECE of ${mean} by chance alone on ${on}, and up to ${high} in 39 of 40 draws: ${seen} cannot be told from it.`;
}
