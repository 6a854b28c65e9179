/** What a guess scores, which an accuracy is to be seen against. */
import type { RunView } from "../../contract/run.ts";

export interface Guess {
  readonly title: "Chance" | "Largest class";
  /** Share of validation pictures that it has right. */
  readonly share: number;
}

/** Closer shares are one line. */
const sameShare = 0.005;

/** Any class as often, and the largest class of the validation pictures always, whose share of a fold's pictures is not known. */
export function guessesOf(runs: readonly Pick<RunView, "dataset" | "configuration">[]): readonly Guess[] {
  const [first] = runs;
  if (first === undefined || first.dataset.classes.length === 0) return [];
  const chance = 1 / first.dataset.classes.length;
  const isOneSet = runs.every(
    ({ dataset, configuration }) => dataset.id === first.dataset.id && configuration.training.fold === null,
  );
  const largest = isOneSet ? first.dataset.largestClassShare : null;
  const guesses: readonly Guess[] = [{ title: "Chance", share: chance }];
  if (largest === null || largest - chance < sameShare) return guesses;
  return [...guesses, { title: "Largest class", share: largest }];
}
