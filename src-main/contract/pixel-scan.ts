/** What a look at every pixel of a data set found. */
import type { SplitName } from "./dataset.ts";

/** One picture of a data set, as it is named and shown; `example` addresses `/pictures/<dataset id>/<example>`. */
export interface PictureRef {
  readonly example: number;
  readonly name: string;
  readonly className: string;
  readonly split: SplitName;
}

/** Why a picture stands out. */
export const unusualKinds = [
  "damaged", // its pixels cannot be decoded
  "blank", // one colour all over, black among them
  "blurred", // next to no detail, where the others have some
  "small", // much smaller than most
  "elongated", // so long that the middle square misses most of it
  "grey", // without colour, among pictures in colour
] as const;
export type UnusualKind = (typeof unusualKinds)[number];

/** Which pictures one group of near-duplicates holds: of two splits, else of two classes, else neither. */
export type DuplicateKind = "splits" | "classes" | "within";

export interface DuplicatesFound {
  readonly groups: number;
  /** In all groups. */
  readonly pictures: number;
  /** Validation and test pictures that a training picture is like. */
  readonly measured: Readonly<Record<Exclude<SplitName, "train">, number>>;
  /** The first groups, each with its first pictures. */
  readonly shown: readonly (readonly PictureRef[])[];
}

export interface PixelScan {
  readonly datasetId: number;
  /** Of the data set's version that was looked at. */
  readonly fingerprint: string;
  readonly pictures: number;
  /** Red, green and blue, 0 to 1, over all pixels of all training pictures at one size. */
  readonly channels: { readonly mean: readonly number[]; readonly spread: readonly number[] };
  readonly duplicates: Readonly<Record<DuplicateKind, DuplicatesFound>>;
  readonly unusual: Readonly<Record<UnusualKind, { readonly pictures: number; readonly shown: readonly PictureRef[] }>>;
}
