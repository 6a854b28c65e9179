/** What is known of a file of weights, and of how weights and a network met. */
import { z } from "zod";
import type { CodedError } from "./errors.ts";

const channels = z.tuple([z.number(), z.number(), z.number()]);
const positiveChannels = z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]);

/** What a network takes: (value − mean) / std of each of red, green and blue, whose values are 0…1. */
export const preprocessing = z.object({ mean: channels, std: positiveChannels });
export type Preprocessing = z.infer<typeof preprocessing>;

/** −1…1: how networks are trained here, and how Google's were. */
export const centredPixels: Preprocessing = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] };
/** Mean and deviation of ImageNet's training pictures, which torchvision's networks are trained with. */
export const imagenetPixels: Preprocessing = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** The file that training begins from, as it was when the run was set up. */
export const initialWeights = z.object({
  path: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Rows of the trunk up to this one keep their weights, and normalise by moving statistics; null trains all. */
  frozenThrough: z.string().nullable(),
  /** Taken even where too little of it matches. */
  isMismatchAllowed: z.boolean().optional(),
  /** Of the file: pictures have to be scaled as they were for these weights. */
  preprocessing,
});
export type InitialWeights = z.infer<typeof initialWeights>;

/** How a network was filled from a file: by name and shape. */
export const initialWeightsMatch = z.object({
  matched: z.int().min(0),
  /** Weights that begin as the seed has them, as those of a last layer for other classes. */
  fresh: z.array(z.string()).readonly(),
});
export type InitialWeightsMatch = z.infer<typeof initialWeightsMatch>;

/** Of a run's epochs, the one with the least validation loss, or the last. */
export const keptEpochs = ["best", "last"] as const;
export const keptEpoch = z.enum(keptEpochs);
export type KeptEpoch = z.infer<typeof keptEpoch>;

/** A run's weights as they were after an epoch. */
export interface KeptState {
  readonly epoch: number;
  /** Of this arm, on disk. */
  readonly bytes: number;
}

/** Where to look for weights to begin from. */
export const weightsSource = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("file"), path: z.string().min(1) }),
  /** Weights of a recorded run; where no epoch is named, those that it ended with. */
  z.object({ kind: z.literal("run"), runId: z.int().positive(), epoch: keptEpoch.optional() }),
]);
export type WeightsSource = z.infer<typeof weightsSource>;

/** A run's own weights: those that it ended with, or, where a state of it is kept, those after an epoch. */
export const runWeights = z.object({
  kind: z.literal("run"),
  runId: z.int().positive(),
  epoch: z.union([keptEpoch, z.int().positive()]).optional(),
});
export type RunWeights = z.infer<typeof runWeights>;

/** Weights that a network answers with. */
export const answeringSource = z.discriminatedUnion("kind", [weightsSource.options[0], runWeights]);
export type AnsweringSource = z.infer<typeof answeringSource>;

/** What a file of weights would give a network, by its header and the network's table. */
export interface WeightsInspection {
  /** As a run is set up with it, with nothing frozen. */
  readonly initialWeights: InitialWeights;
  /** What the file says that it is of. */
  readonly of: {
    readonly architecture: string;
    readonly inputPixels: number;
    readonly width: number;
    readonly classes: number;
  };
  /** Every weight of the network, those that match among them. */
  readonly weights: number;
  readonly matched: number;
  /** Of the file's that the network has no use for. */
  readonly surplus: number;
  /** So little matches that the file is probably of another network: it has to be allowed. */
  readonly isTooLittle: boolean;
  /** Convolutions and dense layers with a weight that begins as the seed has it, by their names. */
  readonly freshRows: readonly string[];
  /** Rows of the trunk that it can be frozen through, from the input on. */
  readonly freezableRows: readonly string[];
}

/** The weights that a run ended with, on disk: its last, or its best where those were restored. */
export interface KeptWeights {
  /** Name inside the folder of weights. */
  readonly file: string;
  readonly bytes: number;
}

/** The first convolution's kernels, as pictures were evaluated with them. */
export interface FirstKernels {
  /** Its path in the network's table. */
  readonly row: string;
  readonly height: number;
  readonly width: number;
  /** Channels that come in: 3 for a picture. */
  readonly inputs: number;
  /** That are told of here, the first of all. */
  readonly filters: number;
  readonly all: number;
  /** By height, width, input and filter: that of filter f and input i at (y, x) is at ((y · width + x) · inputs + i) · filters + f. */
  readonly values: readonly number[];
}

export const exportFormats = ["safetensors", "torchvision", "saved-model", "tfjs", "onnx"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A weight with values that are NaN or infinite, and how many. */
export interface NotFinite {
  readonly name: string;
  readonly values: number;
}

export interface ExportedWeights {
  readonly format: ExportFormat;
  /** Whose weights they are; null for those of no run. */
  readonly epoch: number | null;
  /** Paths of what was written, the folder first. */
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
  readonly notFinite: readonly NotFinite[];
  /** What is wrong with what was written all the same; null where nothing is. */
  readonly warning: CodedError | null;
}

/** A row that computes something else in another program or file than in the network here, in words. */
export interface RowDifference {
  /** Its path in the network's table. */
  readonly row: string;
  readonly here: string;
  readonly there: string;
}

/** What in a file belongs to a network. Shapes are of our layout in `matched` and `missing`, and the file's in `surplus`. */
export interface ImportReport {
  /** Models of other programs name layers by themselves: their weights are laid beside the network's in order, and matched by shape. */
  readonly matchedBy: "name" | "order";
  /** Where the file says what it computes, the rows that compute something else than the network's; null where it does not say. */
  readonly differences: readonly RowDifference[] | null;
  readonly matched: readonly { readonly name: string; readonly from: string; readonly shape: readonly number[] }[];
  readonly missing: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    /** Its name in the file, and the shape found there, which is another; null where there is none. */
    readonly from: string;
    readonly found: readonly number[] | null;
  }[];
  readonly surplus: readonly { readonly name: string; readonly shape: readonly number[] }[];
}
