/** What runs leave out of each epoch, beside their figures. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { droppedInWords } from "../../../src-main/domain/pictures/dropped-pictures.ts";

/** Each once; none of runs that train on every picture. */
export function droppedSentences(runs: readonly RunView[]): readonly string[] {
  const sentences = runs.flatMap(({ dataset: { trainPictures }, configuration: { training } }) =>
    trainPictures === null ? [] : (droppedInWords(trainPictures, training) ?? []),
  );
  return [...new Set(sentences)];
}
