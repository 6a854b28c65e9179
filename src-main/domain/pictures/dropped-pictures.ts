/** What dropping the last incomplete batch costs: pictures that an epoch leaves out, said before a start and beside the figures. */
import type { TrainingSettings } from "../../contract/configuration.ts";
import { type ExperimentRequest, settingsOfFactor } from "../../contract/experiment.ts";
import { distinctButForSeeds, plannedBlocks } from "../experiments/experiment-plan.ts";
import { countsInFold } from "../experiments/folds.ts";
import { countInWords, percentInWords } from "../health/words.ts";
import { roundedDecimal } from "../rounding.ts";
import { stepsPerEpoch } from "./steps-per-epoch.ts";

type Batches = Pick<TrainingSettings, "batchSize" | "dropLast" | "fold">;

interface Dropped {
  /** Of an epoch; others each time. */
  readonly pictures: number;
  readonly of: number;
  readonly batchSize: number;
  /** The pictures of a fold are counted when it is trained. */
  readonly isAbout: boolean;
}

/** @param pictures of the training split, all folds together */
function droppedOf(pictures: number, training: Batches): Dropped {
  const of = countsInFold({ train: pictures, validation: 0, test: 0 }, training.fold).train;
  const { batchSize, steps } = stepsPerEpoch(of, training);
  return { pictures: Math.max(0, of - steps * batchSize), of, batchSize, isAbout: training.fold !== null };
}

/** As in `Each epoch leaves out 63 of 127 training pictures (49.6 %), others each time: they fill no whole batch of 64.` Null where none is left out. */
export function droppedInWords(pictures: number, training: Batches): string | null {
  const dropped = droppedOf(pictures, training);
  return dropped.pictures === 0 ? null : sentenceOf(dropped, dropped.isAbout ? "about " : "");
}

/** The same of all runs of an experiment, by the one that leaves out most. */
export function droppedInExperiment(pictures: number, request: ExperimentRequest): string | null {
  const { configuration, factors } = request;
  const isVaried = factors.some((factor) => settingsOfFactor(factor).includes("dropLast"));
  if (!configuration.training.dropLast && !isVaried) return null;
  const all = Array.from(distinctButForSeeds(plannedBlocks(request)), ({ training }) => droppedOf(pictures, training));
  const [most] = all.sort((a, b) => b.pictures - a.pictures);
  if (!most || most.pictures === 0) return null;
  const areSame = all.every((each) => each.pictures === most.pictures && each.batchSize === most.batchSize);
  return sentenceOf(most, areSame ? (most.isAbout ? "about " : "") : "up to ");
}

/** Why nothing is left out, or what would be; with a setting that does leave pictures out it is a finding. */
export function keptInWords(pictures: number, { batchSize, fold }: Batches): string {
  const { pictures: last, of, batchSize: size } = droppedOf(pictures, { batchSize, fold, dropLast: true });
  if (of < batchSize)
    return `The last batch leaves out no picture: it is the only one, of ${countInWords(of, "training picture")}.`;
  if (last === 0) return `The last batch leaves out no picture: at a batch size of ${size} all are whole.`;
  return `The last batch leaves out no picture: at a batch size of ${size} the ${countInWords(last, "picture")} left over are trained on as a smaller batch. Drop the last incomplete batch (--drop-last) would leave them out of each epoch.`;
}

function sentenceOf({ pictures, of, batchSize }: Dropped, about: string): string {
  const verb = pictures === 1 ? "it fills" : "they fill";
  return `Each epoch leaves out ${about}${roundedDecimal(pictures, 0)} of ${countInWords(of, "training picture")} (${percentInWords(pictures / of)}), others each time: ${verb} no whole batch of ${batchSize}.`;
}
