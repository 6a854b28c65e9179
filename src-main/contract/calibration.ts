/** How far a network's confidence can be trusted, as the engine tells it of recorded runs. */
/** Of one split: what the network that a run ended with answered, picture by picture. */
export interface SplitLogits {
  readonly epoch: number;
  readonly classes: number;
  /** Positions in the data set's list. */
  readonly examples: Int32Array;
  /** True classes. */
  readonly labels: Int32Array;
  /** Rows of `classes` values, one a picture. */
  readonly logits: Float32Array;
}

/** Ends of an interval. */
export interface IntervalEnds {
  readonly low: number;
  readonly high: number;
}

export interface ReliabilityBin {
  readonly above: number;
  readonly upTo: number;
  readonly pictures: number;
  /** Mean confidence; null where no picture fell into it. */
  readonly confidence: number | null;
  /** Share of right answers; null where no picture fell into it. */
  readonly accuracy: number | null;
}

/** A score of the probability that the answer is right; it is reliability − resolution + uncertainty + rest, and lower is better. */
export interface DecomposedScore {
  readonly score: number;
  /** How far confidence and accuracy lie apart in the bins: 0 is best. */
  readonly reliability: number;
  /** How far the bins' accuracies lie from the accuracy of all: more is better. */
  readonly resolution: number;
  /** Of the accuracy alone: what a forecast of that same share for every picture would score. */
  readonly uncertainty: number;
  /** What confidences within one bin differ by: 0 where each bin holds one confidence. */
  readonly rest: number;
}

/** A reliability diagram's bin, with what chance would do in it. */
export interface ToldBin extends ReliabilityBin {
  /** Where the accuracy of a perfectly calibrated network with these confidences lies 95 times of 100; null where no picture fell into it. */
  readonly chance: IntervalEnds | null;
}

/** Pictures in bins of one kind, and the calibration error over them. */
export interface BinnedCalibration {
  readonly bins: readonly ToldBin[];
  /** Mean over pictures of |accuracy − mean confidence| of their bin. */
  readonly error: number;
  /** Of 95 % at least. */
  readonly interval: IntervalEnds;
  /** What a perfectly calibrated network with these confidences would show: on average, and at most 97.5 times of 100. */
  readonly byChance: { readonly mean: number; readonly high: number };
}

/** Fractions in 0–1 and losses in nats; of the split and pictures that the whole is of. */
export interface CalibrationScores {
  readonly top1: number;
  readonly meanConfidence: number;
  readonly ece: number;
  /** Null where only the answers were recorded, and not the logits. */
  readonly hardLoss: number | null;
  /** Over all classes, 0–2. Null as above. */
  readonly brier: number | null;
}

/** Fitted on the validation pictures alone, which the scores after it are not of. */
export interface TemperatureScaling {
  readonly temperature: number;
  /** The hard loss would still fall beyond what is tried. */
  readonly isAtEnd: boolean;
  readonly validationPictures: number;
  readonly after: CalibrationScores;
  readonly interval: IntervalEnds;
  readonly byChance: { readonly mean: number; readonly high: number };
}

export interface RunCalibration {
  readonly runId: number;
  readonly title: string;
  readonly scores: CalibrationScores;
  readonly equalWidth: BinnedCalibration;
  readonly equalMass: BinnedCalibration;
  /** Of the probability that the answer is right, over bins of equal width. */
  readonly brierOfAnswer: DecomposedScore;
  /** Null where it is infinite: an answer had all the probability, and was wrong. */
  readonly logScoreOfAnswer: DecomposedScore | null;
  /** Null where no test or no validation logits were recorded. */
  readonly temperature: TemperatureScaling | null;
  /** What the logit gap is where the loss against smoothed targets is least; null for one-hot targets. */
  readonly gapAtOptimum: number | null;
}

/** Of one run, or of several on the same pictures. */
export interface CalibrationView {
  /** Test where every run has answers to it, else validation. */
  readonly split: "test" | "validation";
  /** How often the test pictures of the data set were looked at; null where the split is another. */
  readonly testLooks: number | null;
  readonly pictures: number;
  readonly classes: number;
  readonly runs: readonly RunCalibration[];
}
