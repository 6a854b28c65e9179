/** What `predict --json` prints. */
import type { SplitName } from "../contract/dataset.ts";
import type { AnsweredPicture } from "../contract/inference.ts";
import type { EvaluationDocument } from "./run-documents.ts";

export interface PredictDocument {
  readonly network: {
    /** Null for a file of weights. */
    readonly run: number | null;
    readonly title: string;
    readonly model: string;
    readonly epoch: number | null;
    /** Its run is not over: the weights are of its latest saved state. */
    readonly isGoingOn: boolean;
  };
  readonly pictures: readonly PredictedPicture[];
  /** Of the run's own that was asked about; null where pictures were named. */
  readonly split: SplitName | null;
  /** How often the test pictures of the run's data set were looked at; null where others were asked about. */
  readonly testLooks: number | null;
  /** Of the pictures that have a true class; null where none has one. */
  readonly evaluation: ({ readonly pictures: number } & Partial<EvaluationDocument>) | null;
  readonly seconds: number;
}

export interface PredictedPicture {
  readonly picture: string;
  /** By the names of folders, or by the data set; null where neither says. */
  readonly trueClass: string | null;
  readonly trueClassProbability: number | null;
  /** Up to five, the likeliest first; none for a picture that could not be read. */
  readonly likeliest: readonly { readonly class: string; readonly probability: number }[];
  /** Why it could not be read. */
  readonly problem: string | null;
}

export function predictedPicture(
  { name, label, likeliest, trueProbability, problem }: AnsweredPicture,
  classOf: (place: number) => string,
): PredictedPicture {
  return {
    picture: name,
    trueClass: label === null ? null : classOf(label),
    trueClassProbability: trueProbability,
    likeliest: likeliest.map(([place, probability]) => ({ class: classOf(place), probability })),
    problem,
  };
}
