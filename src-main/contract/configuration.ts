/** What a run is made of: every setting, resolved, stored before its first step. */
import { z } from "zod";
import { datasetSource } from "./dataset.ts";
import { noiseMatrix } from "./noise-matrix.ts";
import { resize, usualResize } from "./resize.ts";
import { centredPixels, initialWeights, type Preprocessing } from "./weights.ts";

export const modelChoice = z.object({
  id: z.string().min(1),
  /** Side of the square that pictures are brought to. */
  inputPixels: z.int().min(16).max(512),
  /** Multiplies every layer's channels; 1 is the paper's. */
  width: z.number().min(0.05).max(2),
});
export type ModelChoice = z.infer<typeof modelChoice>;

/** Of a network's last layer. */
export const classCount = z.int().min(2).max(100_000);

export const optimizer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("sgd"),
    momentum: z.number().min(0).lt(1).default(0.9),
    isNesterov: z.boolean().default(false),
  }),
  z.object({
    kind: z.literal("rmsprop"),
    decay: z.number().min(0).lt(1).default(0.9),
    momentum: z.number().min(0).lt(1).default(0.9),
    /** Added under the root: rate·g / √(mean square + ε). */
    epsilon: z.number().positive().default(1),
    /** What each mean square begins at: 0 as in Keras and PyTorch, 1 as in TensorFlow 1, which the Inception papers were trained with. */
    initialMeanSquare: z.literal([0, 1]).default(0),
  }),
  z.object({
    kind: z.literal("adam"),
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    /** Added to the root: rate·m̂ / (√v̂ + ε). */
    epsilon: z.number().positive().default(1e-7),
  }),
]);
export type Optimizer = z.infer<typeof optimizer>;

/** How the learning rate moves over the run. Rates are factors of the base rate. */
export const schedule = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("constant") }),
  z.object({ kind: z.literal("step"), everyEpochs: z.number().positive(), factor: z.number().positive().max(1) }),
  z.object({
    kind: z.literal("exponential"),
    everyEpochs: z.number().positive(),
    factor: z.number().positive().max(1),
  }),
  /** Rises in a line over the warm-up, then falls as half a cosine to zero at the last step. */
  z.object({ kind: z.literal("cosine"), warmupShare: z.number().min(0).lt(1).default(0) }),
  /** Falls by the factor each time that the monitored metric did not improve for some epochs. */
  z.object({
    kind: z.literal("plateau"),
    patienceEpochs: z.int().min(1).max(1_000),
    factor: z.number().positive().max(1),
  }),
]);
export type Schedule = z.infer<typeof schedule>;

/** In which products and convolutions are computed; weights, sums and losses are float32 throughout. In float16 the loss is scaled, see training/loss-scaling.ts. */
export const precision = z.enum(["float32", "bfloat16", "float16"]);
export type Precision = z.infer<typeof precision>;

/**
 * `l2`: ½·factor·Σw² joins the objective, and its gradient goes through the optimiser, as in the papers of these networks.
 * `decoupled`: each step takes factor·rate·w off the weight beside the optimiser (Loshchilov & Hutter 2019, AdamW); the objective knows nothing of it.
 */
export const weightDecayKind = z.enum(["l2", "decoupled"]);

/**
 * What a wrong label is: any other class, each as likely; the class that comes next, as where people mistake one class for another (Han et al. 2018, “pair
 * flipping”); or as `noiseMatrix` says (Patrini et al. 2017).
 */
export const labelNoiseKind = z.enum(["symmetric", "pair", "matrix"]);
export type LabelNoiseKind = z.infer<typeof labelNoiseKind>;

/** Defaults are what every run followed until there was a choice. */
const monitor = z.object({
  /** Of those in `domain/metrics`; whether it can be followed is checked before a run is recorded. */
  metric: z.string().min(1).max(100).default("hardLoss"),
  /** Of training pictures it is the mean over the epoch's pictures. */
  split: z.enum(["validation", "train"]).default("validation"),
});
export type Monitor = z.infer<typeof monitor>;

export const mostFolds = 100;

export const classWeighting = z.enum(["none", "balanced"]);
export type ClassWeighting = z.infer<typeof classWeighting>;

export const trainingSettings = z.object({
  epochs: z.int().min(1).max(10_000),
  batchSize: z.int().min(1).max(4_096),
  optimizer,
  learningRate: z.number().positive().max(100),
  schedule,
  /** Of kernels, never of biases, β or γ; see `weightDecayKind`. */
  weightDecay: z.number().min(0).max(1),
  /** Gradients are scaled so that their global norm is at most this; null leaves them. */
  clipNorm: z.number().positive().nullable(),
  /** ε of label smoothing: targets are (1 − ε)·one-hot + ε/K. */
  smoothing: z.number().min(0).lt(1),
  /** Share of training pictures that are given a wrong label, drawn by the seed. Of a matrix it is how much of each of its shares, 1 as they stand. */
  labelNoise: z.number().min(0).max(1),
  labelNoiseKind: labelNoiseKind.default("symmetric"),
  /** What classes become under noise of kind `matrix`, by their names. */
  noiseMatrix: noiseMatrix.nullable().default(null),
  /** Replaces every dropout row's rate; null keeps the table's. */
  dropout: z.number().min(0).lt(1).nullable(),
  /** Replaces every auxiliary head's weight; null keeps the table's, 0 trains without them. */
  auxiliaryWeight: z.number().min(0).max(1).nullable(),
  augmentation: z.object({
    flip: z.boolean(),
    /** Zero pixels put around the picture before a crop of the input size is drawn from it. */
    cropPaddingPixels: z.int().min(0).max(64),
  }),
  // Runs that were recorded before there was a choice were as these defaults say.
  precision: precision.default("float32"),
  weightDecayKind: weightDecayKind.default("l2"),
  /**
   * Decay of the running average of weights that pictures are evaluated with: average ← d·average + (1 − d)·weight as each step has left it, with
   * d = min(decay, (1 + t) / (10 + t)) after t steps before it; null evaluates with the weights themselves.
   */
  averageDecay: z.number().min(0).lt(1).nullable().default(null),
  /**
   * Ends the run once the monitored metric did not improve (by more than `minDelta`) for so many epochs, with the weights of the best epoch restored; arms of one block, once that is so of all of them. Null trains every epoch and keeps the last weights.
   */
  earlyStopping: z
    .object({ patienceEpochs: z.int().min(1).max(1_000), minDelta: z.number().min(0).max(10).default(0) })
    .nullable()
    .default(null),
  /** Leaves out the pictures of each epoch that fill no whole batch, as every run did until there was a choice; else they are a batch of their own. */
  dropLast: z.boolean().default(true),
  /**
   * Cross-validation: the training pictures are parted into `count` folds by their bytes, and this one is held out and is what is tested on, in place of the test
   * pictures. Null trains on all.
   */
  fold: z
    .object({ index: z.int().min(1).max(mostFolds), count: z.int().min(2).max(mostFolds).default(5) })
    .nullable()
    .default(null),
  /** What each picture's target loss counts in the objective while training: as much as any other, or the more the fewer pictures its class has. */
  classWeights: classWeighting.default("none"),
  /** Each epoch draws as many pictures as there are, as many of one class as of any other: of small classes more than once, of large ones a part. */
  balancedSampling: z.boolean().default(false),
  // Of GPUs; a processor has one way to compute, which repeats to the last bit. Each is the same for a whole training process.
  /** Only operations that give the same bits each time, some of which are slower. */
  deterministicOps: z.boolean().default(false),
  /** Lets products and convolutions in float32 round what they multiply to TF32 (10 bits of fraction), as TensorFlow does by itself. */
  tf32: z.boolean().default(true),
  /** Takes memory as it is needed, so that several processes can share a GPU; else all that is free at the start. */
  gpuMemoryGrowth: z.boolean().default(true),
  /** What best epochs, early stopping and the schedule on a plateau follow after each epoch. */
  monitor: monitor.default({ metric: "hardLoss", split: "validation" }),
});
export type TrainingSettings = z.infer<typeof trainingSettings>;

export const runConfiguration = z.object({
  dataset: datasetSource,
  model: modelChoice,
  /** Of all arms alike: they learn from the same batches. */
  resize: resize.default(usualResize),
  training: trainingSettings,
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** The file that training begins from; where it is left out, weights are drawn by the seed. */
  initialWeights: initialWeights.optional(),
});
/** Every setting of one run. A run can be repeated from this alone. */
export type RunConfiguration = z.infer<typeof runConfiguration>;

/** How a run's pictures are scaled: as its first weights were trained for. */
export function preprocessingOf({ initialWeights }: RunConfiguration): Preprocessing {
  return initialWeights?.preprocessing ?? centredPixels;
}

/** Settings chosen by trying, that a person can start from. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly model: ModelChoice;
  readonly training: TrainingSettings;
}
