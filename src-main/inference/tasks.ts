/** What the engine has a network answer by a process of its own (`entrypoints/inference.ts`), and the messages between the two. Values travel as binary. */
import type { PictureSource } from "../batches/make-picture.ts";
import type { DatasetSource, PictureProblemCode } from "../contract/dataset.ts";
import type { CodedError } from "../contract/errors.ts";
import type { Activations, AttributionMap, AttributionMethod, MaximisedTarget } from "../contract/inference.ts";
import type { Resize } from "../contract/resize.ts";
import type { WeightsDescription } from "../models/weights-file.ts";

/** Where a network's weights stand: a Strata file, whose description says the rest. */
export interface NetworkFile {
  readonly path: string;
}

/** Many pictures of one source, or those that a person holds to it, as the bytes of their files. */
export type AskedPictures =
  | {
      readonly kind: "listed";
      readonly source: DatasetSource;
      readonly pictures: readonly PictureSource[];
      /** Where squares that runs have decoded lie, of pictures of which it is known what their files hold. */
      readonly cacheFolder: string;
    }
  | { readonly kind: "held"; readonly files: readonly Uint8Array[] };

/** Why a picture has no answer. */
export type PictureRefusal = PictureProblemCode | "changed";

/** Pictures, each with its class. */
export interface LabelledPictures {
  readonly pictures: AskedPictures;
  readonly labels: readonly number[];
}

/** Rows of a network, and how pictures become its squares. */
export interface AskedLayers {
  readonly network: NetworkFile;
  readonly resize: Resize;
  /** Their paths in the network's table. */
  readonly rows: readonly string[];
}

interface Tasks {
  /** What a file of weights says that it is of. */
  readonly describe: { readonly asks: { readonly network: NetworkFile }; readonly gives: WeightsDescription };
  readonly predict: {
    readonly asks: { readonly network: NetworkFile; readonly pictures: AskedPictures; readonly resize: Resize };
    readonly gives: {
      readonly classes: number;
      /** Of the pictures that could be read, in order: rows of `classes` values. */
      readonly logits: Float32Array;
      /** One a picture: null for one that was answered. */
      readonly refused: readonly (PictureRefusal | null)[];
    };
  };
  /** What a row gives for one picture. */
  readonly activations: {
    readonly asks: {
      readonly network: NetworkFile;
      readonly pictures: AskedPictures;
      readonly resize: Resize;
      /** Its path in the network's table. */
      readonly row: string;
    };
    readonly gives: Activations;
  };
  /** What the channels of a row give for many pictures, each by its largest value and its mean. */
  readonly peaks: {
    readonly asks: {
      readonly network: NetworkFile;
      readonly pictures: AskedPictures;
      readonly resize: Resize;
      /** Its path in the network's table. */
      readonly row: string;
    };
    readonly gives: RowPeaks;
  };
  /** What rows give for many pictures, each channel by its mean over the grid. */
  readonly features: {
    readonly asks: {
      readonly network: NetworkFile;
      readonly pictures: AskedPictures;
      readonly resize: Resize;
      /** Their paths in the network's table. */
      readonly rows: readonly string[];
    };
    readonly gives: RowFeatures;
  };
  /** How alike the rows of one network and of another, or the same, place the same pictures. */
  readonly similarity: {
    readonly asks: { readonly of: readonly [AskedLayers, AskedLayers]; readonly pictures: AskedPictures };
    readonly gives: RowSimilarity;
  };
  /** How much of the class a linear classifier reads from each row. */
  readonly probes: {
    readonly asks: AskedLayers & {
      readonly classes: number;
      /** The classifier is asked about the pixels of squares of this side too; null: it is not. */
      readonly pixelsSide: number | null;
      readonly train: LabelledPictures;
      readonly validation: LabelledPictures;
    };
    readonly gives: RowProbes;
  };
  /** Which parts of one picture speak for a class. */
  readonly attribution: {
    readonly asks: {
      readonly network: NetworkFile;
      readonly pictures: AskedPictures;
      readonly resize: Resize;
      readonly method: AttributionMethod;
      /** The class by its place among the network's. */
      readonly place: number;
      /** In place of what was learned, weights as a training begins: a map that looks the same with them says nothing of what was learned (Adebayo 2018). */
      readonly isRandom: boolean;
    };
    readonly gives: AttributionMap;
  };
  /** A picture that something in the network answers to ever more: a part of the way up. */
  readonly maximise: {
    readonly asks: {
      readonly network: NetworkFile;
      readonly target: MaximisedTarget;
      readonly seed: number;
      /** Where the way ends. */
      readonly steps: number;
      /** What the part before gave; null begins with the seed's noise. */
      readonly from: AscentState | null;
      /** The part ends with the first step after so long. */
      readonly mostMillis: number;
    };
    readonly gives: Maximised;
  };
}

/** Where an ascent stands: the picture's frequencies, [3, side, side], and Adam's two moments of them. */
export interface AscentState {
  readonly step: number;
  readonly frequencies: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
}

export interface Maximised {
  /** 8-bit RGB, side × side × 3. */
  readonly pixels: Uint8Array;
  /** What the target answers to it, as it stands. */
  readonly value: number;
  readonly state: AscentState;
  /** The target answers 0 to all noise that was tried, so that there is no way up. */
  readonly isSilent: boolean;
}

/** Of the pictures that could be read, in order: rows of `channels` values. */
export interface RowPeaks {
  readonly channels: number;
  /** Of the row's grid. */
  readonly width: number;
  readonly peaks: Float32Array;
  /** Where in the grid each stands, counted row by row. */
  readonly places: Int32Array;
  /** Over the grid, what is below 0 counted as 0. */
  readonly means: Float32Array;
  /** One a picture: null for one that was looked at. */
  readonly refused: readonly (PictureRefusal | null)[];
}

export interface RowFeatures {
  /** In the order asked. Of the pictures that could be read, in order: rows of `channels` values. */
  readonly rows: readonly { readonly channels: number; readonly values: Float32Array }[];
  /** One a picture: null for one that was looked at. */
  readonly refused: readonly (PictureRefusal | null)[];
}

export interface RowSimilarity {
  /** That could be read, in batches of so many. */
  readonly pictures: number;
  readonly batchSize: number;
  /** Linear CKA: [rows of the one][rows of the other]; null where a row answers the same to all. */
  readonly values: readonly (readonly (number | null)[])[];
}

export interface RowProbes {
  /** In the order asked: how many validation pictures got their own class, with the decay that was chosen. */
  readonly rows: readonly { readonly channels: number; readonly correct: number; readonly decay: number }[];
  readonly pixels: RowProbes["rows"][number] | null;
  /** Pictures that could be read. */
  readonly train: number;
  readonly validation: number;
}

export type InferenceTaskKind = keyof Tasks;
export type InferenceTask = { [K in InferenceTaskKind]: { readonly kind: K } & Tasks[K]["asks"] }[InferenceTaskKind];
export type InferenceTaskOf<K extends InferenceTaskKind> = Extract<InferenceTask, { kind: K }>;
export type InferenceAnswer<K extends InferenceTaskKind> = Tasks[K]["gives"];

/** From the engine. Tasks are numbered; some may go on at once. */
export type InferenceCommand =
  | { readonly kind: "ask"; readonly number: number; readonly task: InferenceTask }
  /** Nobody waits for it any more. */
  | { readonly kind: "leave"; readonly number: number };

/** To the engine: each task is answered once, also where it was left. */
export type InferenceMessage = { readonly number: number } & (
  | { readonly kind: "answer"; readonly answer: InferenceAnswer<InferenceTaskKind> }
  | { readonly kind: "failed"; readonly error: CodedError }
  /** Left before it was done. */
  | { readonly kind: "left" }
  /** A fault of ours: without words for a person. */
  | { readonly kind: "threw"; readonly message: string }
);
