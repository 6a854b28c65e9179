/** What an ECE says, in words: the same on the page and on the command line. */
import type { CalibrationView, RunCalibration } from "../../contract/calibration.ts";
import { countInWords } from "../health/words.ts";
import { ece } from "../metrics/ece.ts";
import { titleWithScale } from "../metrics/metric-unit.ts";
import { roundedDecimal } from "../rounding.ts";

/** A network may look calibrated over bins of one kind alone: which they are is part of what is said. */
const binsInWords = { equalWidth: "bins of equal width", equalMass: "bins of equal mass" } as const;

/**
 * What chance would do to a calibrated network, beside what is seen. It is no part of what is seen: where gaps are large, chance adds next to nothing to them.
 * As in "A perfectly calibrated network … would show an ECE (0 to 1) of 0.022 over bins of equal width by chance alone on 100 test pictures, and up to 0.040 in 39 of 40 draws: …".
 */
export function chanceInWords(
  run: Pick<RunCalibration, keyof typeof binsInWords>,
  binning: keyof typeof binsInWords,
  { split, pictures }: Pick<CalibrationView, "split" | "pictures">,
): string {
  const { error, byChance } = run[binning];
  const [seen, mean, high] = [error, byChance.mean, byChance.high].map((value) => roundedDecimal(value, 3));
  const over = `over ${binsInWords[binning]}`;
  const on = countInWords(pictures, `${split} picture`);
  const verdict = error > byChance.high ? "is more, so this one is not calibrated" : "cannot be told from it";
  return `A perfectly calibrated network with these confidences would show an ${titleWithScale(ece)} of ${mean} ${over} by chance alone on ${on}, and up to ${high} in 39 of 40 draws: ${seen} ${verdict}.`;
}

/** Why a run has no fitted temperature. @param split that its figures are of */
export function noTemperatureInWords(split: CalibrationView["split"]): string {
  if (split === "validation")
    return "No temperature: it is fitted on the validation pictures and shown on the test pictures, and not all runs here have answers to those.";
  return "No temperature: the logits of validation and test pictures were not both recorded, as in runs of earlier versions.";
}
