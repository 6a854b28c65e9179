/** A run as it is recorded and shown. */
import { z } from "zod";
import type { Loss } from "./architecture.ts";
import type { RunConfiguration } from "./configuration.ts";
import type { SplitName } from "./dataset.ts";
import type { CodedError } from "./errors.ts";
import type { RunExperiment } from "./experiment.ts";
import type { ImportedFrom } from "./imported.ts";
import type { MadePart } from "./made-by.ts";
import type { EvaluationResult } from "./metric.ts";
import type { InitialWeightsMatch, KeptEpoch, KeptWeights } from "./weights.ts";

export const runStates = ["queued", "running", "paused", "finished", "stopped", "failed", "interrupted"] as const;
export type RunState = (typeof runStates)[number];

/** Each state's name on the page. */
export const runStateTitles: Readonly<Record<RunState, string>> = {
  queued: "Waiting",
  running: "Training",
  paused: "Paused",
  finished: "Finished",
  stopped: "Stopped",
  failed: "Failed",
  interrupted: "Interrupted",
};

/** Why a run is over. A closed set. */
export const endReasons = [
  "completed", // every epoch was trained
  "stopped-early", // the validation pictures gained nothing more
  "paused", // by a person, to go on later
  "halved", // others of its search did better in as many epochs; it may go on later
  "stopped-by-person",
  "not-finite", // the loss left the finite numbers
  "engine-closed", // the engine was asked to end
  "engine-died", // found unfinished at the next start
  "process-died", // the training process ended on its own
  "error", // see the run's error
] as const;
export type EndReason = (typeof endReasons)[number];

/** What a job does, in the order in which it first comes to it. */
export const jobStages = [
  "starting", // loading TensorFlow
  "preparing", // decoding pictures, with the steps that are made beside that
  "compiling", // building the networks, recording their steps as graphs, and TensorFlow's first run of them
  "training",
  "validating", // looking at the validation pictures
  "testing", // looking at the test pictures
  "saving", // writing checkpoints and weights
] as const;
export type JobStage = (typeof jobStages)[number];

export const spentSeconds = z.record(z.enum(jobStages), z.number().min(0)).readonly();
export type SpentSeconds = z.infer<typeof spentSeconds>;

/** Where the time of a job's latest attempt went, all arms together, and how much was done in it. */
export const spentTime = z.object({
  seconds: spentSeconds,
  /** Behind the first, which belongs to compiling; of each arm. */
  steps: z.int().min(0),
  /** Pictures evaluated while validating and testing; of each arm. */
  picturesLookedAt: z.int().min(0),
  arms: z.int().min(1),
});
export type SpentTime = Readonly<z.infer<typeof spentTime>>;

/** The epoch that was best by what the run monitors, and what its evaluation on the validation pictures gave. */
export interface BestEpoch {
  readonly epoch: number;
  readonly result: EvaluationResult;
}

export interface RunView {
  readonly id: number;
  /** Null for a run by itself. */
  readonly experiment: RunExperiment | null;
  readonly title: string;
  readonly note: string;
  readonly state: RunState;
  readonly endReason: EndReason | null;
  readonly error: CodedError | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly model: { readonly id: string; readonly title: string };
  /** What its objective is made of, as its network's table has it; null for a network that is no longer on the model registry. */
  readonly loss: Loss | null;
  readonly dataset: {
    readonly id: number;
    readonly name: string;
    readonly classes: readonly string[];
    /** Of the training split, all folds together; null where it cannot be read. */
    readonly trainPictures: number | null;
    /** Share of the largest class among the validation pictures: what always naming it would score. Null where it cannot be read, and without such pictures. */
    readonly largestClassShare: number | null;
  };
  readonly configuration: RunConfiguration;
  readonly parameters: number | null;
  readonly auxiliaryParameters: number | null;
  /** Hex SHA-256 of the weights before the first step: equal in all arms of a block. */
  readonly initialWeightsHash: string | null;
  readonly epochsDone: number;
  readonly stepsDone: number;
  readonly stepsPerEpoch: number | null;
  readonly trainingSeconds: number;
  readonly imagesPerSecond: number | null;
  /** Lowest value of the training objective: the targets' entropy, once for each head by its weight. */
  readonly trainingObjectiveFloor: number | null;
  /** Of the last epoch. */
  readonly validation: EvaluationResult | null;
  readonly best: BestEpoch | null;
  readonly test: EvaluationResult | null;
  readonly picturesSkipped: number;
  /** Steps that moved nothing since a gradient was not finite, as of the last whole epoch; null where the loss is not scaled. */
  readonly stepsSkipped: number | null;
  /** What made it, part by part: another part where another program or machine went on with it. None before its first step, nor of the oldest records. */
  readonly madeBy: readonly MadePart[];
  /** Null where it began from the seed alone. */
  readonly initialWeightsMatch: InitialWeightsMatch | null;
  /** The weights that it ended with; null before its end, where it made no step, and where they could not be written. */
  readonly weights: KeptWeights | null;
  /** Which epochs' weights are on disk; null where they are not. */
  readonly keptEpochs: Readonly<Record<KeptEpoch, number | null>>;
  /** Why its weights could not be written. */
  readonly weightsError: CodedError | null;
  /** Seconds from start to end of every attempt of its training; null for a run that has not ended or never began. */
  readonly seconds: number | null;
  /** Where that time went in its latest attempt, those of the arms that share its process together with its own; null where it was not measured. */
  readonly spent: SpentTime | null;
  /** Whether it can go on from where it was: it ended before its last epoch, and not by its own loss. */
  readonly isResumable: boolean;
  /** It was training when its engine ended, and nobody has said yet whether it goes on. Those of experiments of several blocks are asked about only after several engines died. */
  readonly awaitsAnswer: boolean;
  /** The latest state that it can go on from; null where it would begin anew. */
  readonly checkpoint: { readonly step: number; readonly epoch: number } | null;
  /** Why the latest checkpoint could not be written; null once one was. */
  readonly checkpointError: CodedError | null;
  /** The step that its latest attempt went on from, and why a later checkpoint was passed over; null for a run of one attempt. */
  readonly resumed: { readonly step: number; readonly error: CodedError | null } | null;
  /** The epoch whose weights were restored at the end, because they did best; null where the last ones were kept. */
  readonly restoredEpoch: number | null;
  /** In alphabetical order. */
  readonly tags: readonly string[];
  /** Stands above the others. */
  readonly isPinned: boolean;
  /** Out of sight until it is asked for. */
  readonly isArchived: boolean;
  /** Files beside the record: weights and checkpoints. */
  readonly diskBytes: number;
  /** It trains on so many, whatever trains beside it; null for as many as the machine lends when it begins. */
  readonly threads: number | null;
  /** An arm that has its training process for itself, and shares none. */
  readonly hasOwnProcess: boolean;
  /** The most memory that its training process is predicted to hold, all arms together; null for runs older than predictions. */
  readonly predictedMemoryBytes: number | null;
  /** The most that it held; null before its first epoch's end. */
  readonly peakMemoryBytes: number | null;
  /** Tensors that each epoch left behind, which is a fault of Strata's; 0 where there is none. */
  readonly leakedTensors: number;
  /** Where it is from, of a run that came from another Strata in a bundle; null for one that was trained here. */
  readonly imported: ImportedFrom | null;
}

/** What becomes of some runs at once; what is left out stays as it was. */
export interface RunMarks {
  readonly isPinned?: boolean;
  readonly isArchived?: boolean;
  readonly addTags?: readonly string[];
  readonly dropTags?: readonly string[];
}

/** A recorded answer to one picture at the last evaluation. */
export interface Prediction {
  readonly example: number;
  readonly label: number;
  readonly answer: number;
  /** Probability of the answer. */
  readonly confidence: number;
  /** Probability of the true class. */
  readonly trueConfidence: number;
}

/** Counts of pictures: `counts[trueClass][answer]`. */
export interface ConfusionMatrix {
  readonly split: SplitName;
  readonly epoch: number;
  readonly counts: readonly (readonly number[])[];
}
