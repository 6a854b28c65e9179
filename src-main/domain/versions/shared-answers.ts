/** What runs on versions of one data set answered, on the pictures that no version changed: the same name, bytes and label, held out in each. */

import type { NamedPicture } from "../../contract/dataset-version.ts";
import type { Prediction, RunView } from "../../contract/run.ts";

export type NamedPrediction = Prediction & NamedPicture;

/** What one run answered to one split, numbered by its own classes. */
export interface AnsweredSplit {
  readonly classes: readonly string[];
  readonly predictions: readonly NamedPrediction[];
}

export interface SharedAnswers {
  /** What labels and answers are numbered by: the first run's classes, then those that others alone have. */
  readonly classes: readonly string[];
  /** One list a run: of the same pictures, in the same order, by the first run's numbers. */
  readonly answers: readonly (readonly Prediction[])[];
}

/** Whether the pictures of two runs are the same, or versions of the same: then the runs can be compared. */
export function haveComparablePictures(a: OnPictures, b: OnPictures): boolean {
  if (a.dataset.id === b.dataset.id) return true;
  const [first, second] = [a.configuration.dataset, b.configuration.dataset];
  const isOneFolder = first.kind === "folder" && second.kind === "folder" && first.path === second.path;
  return isOneFolder && first.version !== second.version;
}
type OnPictures = Pick<RunView, "dataset" | "configuration">;

export function sharedAnswers(runs: readonly AnsweredSplit[]): SharedAnswers {
  const classes = [...new Set(runs.flatMap((run) => run.classes))];
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const [first, ...others] = runs.map((run) => answersByPicture(run, numbers));
  const shared = [...(first ?? [])].filter(([picture]) => others.every((run) => run.has(picture)));
  return {
    classes,
    answers: [
      shared.map(([, answer]) => answer),
      ...others.map((run) => shared.map(([picture, { example }]) => ({ ...run.get(picture)!, example }))),
    ],
  };
}

/** By name, bytes and label: with another label it is another question. */
function answersByPicture({ classes, predictions }: AnsweredSplit, numbers: ReadonlyMap<string, number>) {
  const numberOf = (label: number) => numbers.get(classes[label]!)!;
  return new Map(
    predictions.map(({ name, contentHash, ...prediction }) => [
      JSON.stringify([name, contentHash, classes[prediction.label]]),
      { ...prediction, label: numberOf(prediction.label), answer: numberOf(prediction.answer) } satisfies Prediction,
    ]),
  );
}
