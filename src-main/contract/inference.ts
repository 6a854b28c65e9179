/** Trained networks that answer: which of them, what they are asked, and what they say. */
import { z } from "zod";
import type { ModelChoice } from "./configuration.ts";
import { type PictureProblemCode, type SplitName, splitName } from "./dataset.ts";
import type { EvaluationResult } from "./metric.ts";
import type { Resize } from "./resize.ts";
import { answeringSource } from "./weights.ts";

/** The network that answers, as its weights say. */
export interface AnsweringNetwork {
  /** Of the run, or the network's own. */
  readonly title: string;
  readonly model: ModelChoice;
  readonly classes: number;
  /** In the order of the logits; null where the file came without. */
  readonly classNames: readonly string[] | null;
  /** How a picture becomes its square. */
  readonly resize: Resize;
  /** Of its training; null for weights from elsewhere. */
  readonly epoch: number | null;
  /** The weights are of a run that is not over: those of its latest saved state. */
  readonly isGoingOn: boolean;
}

/** A picture that a person holds to a network: one that was sent along, or one of a data set. */
export const pictureToAnswer = z.discriminatedUnion("kind", [
  /** By what `hold` answered. */
  z.object({ kind: z.literal("held"), id: z.string().max(100) }),
  z.object({ kind: z.literal("example"), datasetId: z.int().positive(), example: z.int().min(0) }),
]);
export type PictureToAnswer = z.infer<typeof pictureToAnswer>;

/** A picture that the engine holds for as long as it runs, or until newer ones need the room. */
export interface HeldPicture {
  readonly id: string;
}

/** What one network says to one picture. */
export interface PictureAnswer {
  readonly network: AnsweringNetwork;
  /** One a class; float32 holds no more digits. */
  readonly logits: readonly number[];
  /** The true class by its place among the network's, where the picture is of a data set and has one of them. */
  readonly label: number | null;
}

/** What a row of a network gives for one picture: a grid, or of a dense layer one value a unit. */
export interface Activations {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** float32 in the order height, width, channel. */
  readonly values: Float32Array;
}

/** What of a data set the channels of one row answer to strongest, and to which class most. */
export interface StrongestPictures {
  readonly datasetId: number;
  readonly split: SplitName;
  /** So many were looked at, of so many in the split. */
  readonly pictures: number;
  readonly all: number;
  /** In the row's order. */
  readonly channels: readonly ChannelPictures[];
}

export interface ChannelPictures {
  /** The pictures with its largest values, each once, the strongest first. */
  readonly strongest: readonly StrongPicture[];
  /** Null where fewer than two classes have a picture, or none is answered to. */
  readonly selectivity: ClassSelectivity | null;
}

export interface StrongPicture {
  readonly example: number;
  /** The channel's largest value over the picture, and where it stands in the row's grid. */
  readonly value: number;
  readonly x: number;
  readonly y: number;
  readonly className: string | null;
}

/** Morcos 2018: 0 where the mean over all other classes is as large, 1 where it is 0. Of means over pictures and places, what is below 0 counted as 0. */
export interface ClassSelectivity {
  readonly className: string;
  readonly index: number;
}

/** Three classes by their places among the network's. */
export const threePlaces = z
  .tuple([z.int().min(0).max(100_000), z.int().min(0).max(100_000), z.int().min(0).max(100_000)])
  .refine((places) => new Set(places).size === 3, "three different classes");
export type ThreePlaces = z.infer<typeof threePlaces>;

/** Pictures of three classes in front of the last layer, on the plane through the classes' templates (Müller 2019). */
export interface ClassPlane {
  readonly places: Readonly<ThreePlaces>;
  /** The row in front of the last layer, and how many channels it has. */
  readonly row: string;
  readonly channels: number;
  /** Those that have pictures of the three. */
  readonly splits: readonly PlaneSplit[];
}

export interface PlaneSplit {
  readonly split: SplitName;
  /** Looked at, of so many of the three classes. */
  readonly pictures: number;
  readonly all: number;
  /** `group`: 0 to 2, in the order of the places. */
  readonly points: readonly { readonly group: number; readonly x: number; readonly y: number }[];
  /**
   * Mean squared distance from a class's mean over that between the means, in the full space, with its 95 % interval over pictures. Null where a class has
   * fewer than two pictures.
   */
  readonly tightness: { readonly ratio: number; readonly low: number; readonly high: number } | null;
}

/** How alike the layers of one network and of another, or the same, place the same pictures: linear CKA (Kornblith 2019), by batches (Nguyen 2021). */
export interface LayerSimilarity {
  /** Layers and modules of the trunk through its depth, of the one network and of the other. */
  readonly rows: readonly [readonly string[], readonly string[]];
  /** [rows of the one][rows of the other]; null where a row answers the same to all. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Of the first network's data set: looked at in batches of so many, of so many in the split. */
  readonly split: SplitName;
  readonly pictures: number;
  readonly batchSize: number;
  readonly all: number;
}

/** Of a linear classifier on what a layer gives, the share of validation pictures that get their own class, with its 95 % interval. */
export interface LayerProbe {
  readonly row: string;
  readonly channels: number;
  readonly share: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/** How much of the class can be read at each depth by a straight cut (Alain and Bengio 2016). */
export interface LayerProbes {
  /** Layers and modules of the trunk through its depth. */
  readonly layers: readonly LayerProbe[];
  /** The same classifier on the pixels of squares of this side; null where it was not asked for. */
  readonly pixels: (LayerProbe & { readonly side: number }) | null;
  /** Learned from, and asked about, of so many in the split. */
  readonly train: { readonly pictures: number; readonly all: number };
  readonly validation: { readonly pictures: number; readonly all: number };
}

/** Ways to ask which parts of a picture spoke for a class. */
export const attributionMethods = ["occlusion", "grad-cam", "gradient-input", "integrated-gradients"] as const;
export type AttributionMethod = (typeof attributionMethods)[number];

/** Which parts of a picture spoke for a class, and which against it, in square cells. */
export interface AttributionMap {
  /** Cells in each direction. */
  readonly side: number;
  /** Side of a cell, and where the first begins, in pixels of the input. */
  readonly cellPixels: number;
  readonly offsetPixels: number;
  /** Row by row; above 0 spoke for the class. Points of probability for occlusion, of the class's logit for the others. */
  readonly values: readonly number[];
  readonly about: AttributionAbout;
}

/** What there is to say of a map, by its method. */
export type AttributionAbout =
  /** Side of the patch in pixels of the input, and the probability with nothing hidden. */
  | { readonly method: "occlusion"; readonly patchPixels: number; readonly whole: number }
  /** The row of the network whose grid the map has. */
  | { readonly method: "grad-cam"; readonly row: string }
  | { readonly method: "gradient-input" }
  /**
   * `logitRise`: from the input of zeros to the picture. `completenessError`: how far the values' sum is from it, as a share of it; null where there is none.
   */
  | {
      readonly method: "integrated-gradients";
      readonly steps: number;
      readonly logitRise: number;
      readonly completenessError: number | null;
    };

/** What a picture is made for: a class's logit; a channel's mean over its grid; a unit, which is the channel's value in the middle of the grid. */
const maximisedTarget = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("class"), place: z.int().min(0).max(100_000) }),
  z.object({
    kind: z.enum(["channel", "unit"]),
    /** Its path in the network's table. */
    row: z.string().min(1).max(300),
    channel: z.int().min(0).max(100_000),
  }),
]);
export type MaximisedTarget = z.infer<typeof maximisedTarget>;

export const maximisingQuestion = z.object({
  from: answeringSource,
  targets: z.array(maximisedTarget).min(1).max(64),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  /** Of gradient ascent, for each. */
  steps: z.int().min(1).max(2_000),
});
export type MaximisingQuestion = z.infer<typeof maximisingQuestion>;

/** A picture as it forms. */
export interface MaximisedPicture {
  /** Its place among the targets. */
  readonly target: number;
  readonly step: number;
  /** What the target answers to it. */
  readonly value: number;
  /** The target answers 0 to all noise that was tried, so that there is no way up. */
  readonly isSilent: boolean;
  readonly inputPixels: number;
  /** 8-bit RGB, row by row, in base64. */
  readonly rgb: string;
}

/** Pictures by the thousand: in folders, archives and files of a person's, or those of a split that a run was given. */
const picturesToAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("paths"), paths: z.array(z.string().min(1).max(4_096)).min(1).max(10_000) }),
  z.object({ kind: z.literal("split"), split: splitName }),
]);

export const answerQuestion = z.object({ from: answeringSource, pictures: picturesToAnswer });
export type AnswerQuestion = z.infer<typeof answerQuestion>;

/** Likeliest first: the class's place among the network's, and its probability. */
export type ClassProbability = readonly [place: number, probability: number];

export interface AnsweredPicture {
  /** Its path as it was found, or its name in the data set. */
  readonly name: string;
  /** The true class by its place among the network's: that of the nearest folder around it that has the name of one; null where there is none. */
  readonly label: number | null;
  /** Up to five; none for a picture that could not be read. */
  readonly likeliest: readonly ClassProbability[];
  /** Of the true class. */
  readonly trueProbability: number | null;
  /** Why it could not be read. */
  readonly problem: PictureProblemCode | "changed" | null;
}

/** Answers as they come. */
export type AnsweringEvent =
  | { readonly kind: "begun"; readonly network: AnsweringNetwork; readonly pictures: number }
  | { readonly kind: "answered"; readonly pictures: readonly AnsweredPicture[] }
  | {
      readonly kind: "ended";
      /** Figures of the pictures that have a true class; null where none has one. */
      readonly evaluation: EvaluationResult | null;
      /** How often the test pictures of the run's data set were looked at, now among them; null where it was asked about others. */
      readonly testLooks: number | null;
      readonly seconds: number;
    };
