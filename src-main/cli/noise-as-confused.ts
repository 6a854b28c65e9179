/** `classes --as-noise-matrix`: what a run mixes up, as the file that `train --noise-matrix` takes. */
import { largestThatFit, noiseMatrixText } from "../contract/noise-matrix.ts";
import { countInWords } from "../domain/health/words.ts";
import { confusionNoise } from "../domain/pictures/noise-rows.ts";
import { UsageError } from "./io.ts";

export interface ConfusedClasses {
  readonly run: number;
  readonly classes: readonly { readonly class: string }[];
  /** `confusion[trueClass][answer]`, in pictures. */
  readonly confusion: readonly (readonly number[])[];
}

/**
 * Of each class the share of its pictures that is taken for each other class.
 * @returns with a note where the smallest shares had to be left out
 * @throws UsageError where nothing is mixed up
 */
export function noiseAsConfused({ run, classes, confusion }: ConfusedClasses): {
  readonly text: string;
  readonly note: string | null;
} {
  const cells = confusionNoise(
    confusion,
    classes.map((one) => one.class),
  );
  if (cells.length === 0) throw new UsageError(`Run ${run} mixes nothing up: there is no noise to write.`);
  const kept = largestThatFit(cells);
  const leftOut = cells.length - kept.length;
  return {
    text: `${noiseMatrixText(kept)}\n`,
    note:
      leftOut === 0
        ? null
        : `The ${countInWords(leftOut, "smallest share")} of ${cells.length} ${leftOut === 1 ? "is" : "are"} left out: a noise matrix has no room for more.`,
  };
}
