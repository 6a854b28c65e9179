/** What an ECE says, in words: the same on the page and on the command line. */
import type { CalibrationView, RunCalibration } from "../../contract/calibration.ts";
import { countInWords } from "../health/words.ts";
import { ece } from "../metrics/ece.ts";
import { titleWithScale } from "../metrics/metric-unit.ts";
import { roundedDecimal } from "../rounding.ts";

/** A network may look calibrated over bins of one kind alone: which they are is part of what is said. */
const binsInWords = { equalWidth: "bins of equal width", equalMass: "bins of equal mass" } as const;

/** As in "Of an ECE (0 to 1) of 0.031 over bins of equal width, 0.022 would be there by chance alone on 100 test pictures: …". */
export function chanceInWords(
  run: Pick<RunCalibration, keyof typeof binsInWords>,
  binning: keyof typeof binsInWords,
  { split, pictures }: Pick<CalibrationView, "split" | "pictures">,
): string {
  const { error, byChance } = run[binning];
  const [seen, mean, high] = [error, byChance.mean, byChance.high].map((value) => roundedDecimal(value, 3));
  const over = `over ${binsInWords[binning]}`;
  const on = countInWords(pictures, `${split} picture`);
  if (error > byChance.high)
    return `Of an ${titleWithScale(ece)} of ${seen} ${over}, ${mean} would be there by chance alone on ${on}. A perfectly calibrated network with these confidences stays below ${high} in 39 of 40 draws: this one is not calibrated.`;
  return `A perfectly calibrated network with these confidences would show an ${titleWithScale(ece)} of ${mean} ${over} by chance alone on ${on}, and up to ${high} in 39 of 40 draws: ${seen} cannot be told from it.`;
}

/** Why a run has no fitted temperature. @param split that its figures are of */
export function noTemperatureInWords(split: CalibrationView["split"]): string {
  if (split === "validation")
    return "No temperature: it is fitted on the validation pictures and shown on the test pictures, and not all runs here have answers to those.";
  return "No temperature: the logits of validation and test pictures were not both recorded, as in runs of earlier versions.";
}
