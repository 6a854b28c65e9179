/** The class that each picture is trained as: the true one, but where label noise strikes. */
import { type LabelNoise, noisyLabels } from "../batches/targets.ts";
import type { RunConfiguration } from "../contract/configuration.ts";
import type { Dataset } from "../datasets/example.ts";
import { splitInFold } from "../domain/experiments/folds.ts";
import { noiseRows } from "../domain/pictures/noise-rows.ts";

/** What an arm needs to know of its pictures; a whole `Dataset` is one. */
export type LabelledExamples = Pick<Dataset, "classNames" | "examples">;

type Fold = RunConfiguration["training"]["fold"];

/**
 * By the place in the data set's list. Noise is drawn over training pictures alone; what is evaluated keeps its true class. A matrix has exact counts of what is
 * trained on, without the fold that is held out; of the other kinds a picture has the same label in every fold.
 */
export function givenLabelsOf(
  dataset: LabelledExamples,
  { training, seed }: Pick<RunConfiguration, "training" | "seed">,
): Int32Array {
  const given = Int32Array.from(dataset.examples, (example) => example.label);
  if (training.labelNoise === 0) return given;
  const trained = trainedIn(dataset, training.labelNoiseKind === "matrix" ? training.fold : null);
  const labels = Int32Array.from(trained, (example) => example.label);
  const noisy = noisyLabels(labels, dataset.classNames.length, noiseOf(training, seed, dataset.classNames));
  trained.forEach((example, position) => {
    given[example.index] = noisy[position]!;
  });
  return given;
}

/** Of the pictures that are trained on, the class that each is trained as. */
export function trainedLabels(dataset: LabelledExamples, givenLabels: Int32Array, fold: Fold): Int32Array {
  return Int32Array.from(trainedIn(dataset, fold), ({ index }) => givenLabels[index]!);
}

/** Of the pictures that are trained on, the share that is trained as another class than theirs. */
export function wrongShareOf(dataset: LabelledExamples, givenLabels: Int32Array, fold: Fold): number {
  const trained = trainedIn(dataset, fold);
  const wrong = trained.filter(({ index, label }) => givenLabels[index] !== label);
  return trained.length === 0 ? 0 : wrong.length / trained.length;
}

function trainedIn({ examples }: LabelledExamples, fold: Fold): LabelledExamples["examples"] {
  return examples.filter((example) => splitInFold(example, fold) === "train");
}

function noiseOf(
  { labelNoise: share, labelNoiseKind: kind, noiseMatrix }: RunConfiguration["training"],
  seed: number,
  classNames: readonly string[],
): LabelNoise {
  if (kind !== "matrix") return { kind, share, seed };
  if (noiseMatrix === null) throw new Error("Noise by a matrix has none");
  return { kind, share, seed, rows: noiseRows(noiseMatrix, classNames) };
}
