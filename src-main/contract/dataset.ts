/** Pictures with a class each: where they come from, and what a look at them found. */
import { z } from "zod";

export const splitNames = ["train", "validation", "test"] as const;
export const splitName = z.enum(splitNames);
export type SplitName = z.infer<typeof splitName>;

/** The set that the product draws itself: ten classes of shape and texture with clutter. */
export const drawnSource = z.object({
  kind: z.literal("drawn"),
  /** Pictures in all, over all ten classes and three splits. */
  pictures: z.int().min(100).max(100_000).default(6_000),
  /** Side of each square picture. */
  pixels: z.int().min(16).max(512).default(32),
  /** 0 is plain shapes on plain grounds; 1 is clutter, noise and low contrast. */
  difficulty: z.number().min(0).max(1).default(0.3),
  seed: z.int().min(0).default(1),
});

export const folderSource = z.object({ kind: z.literal("folder"), path: z.string().min(1) });

export const datasetSource = z.discriminatedUnion("kind", [folderSource, drawnSource]);
export type DatasetSource = z.infer<typeof datasetSource>;
export type DrawnSource = z.infer<typeof drawnSource>;

/** What becomes of every photograph before a network sees it, as page, command line and `strata.json` say it. */
export const squareInWords =
  "Each photograph is turned upright, scaled until its shorter side fits, and cropped to the middle square.";

/** Why a file is not used, or is used with a warning. */
export const pictureProblemCodes = [
  "unreadable", // permission, or the read failed
  "empty", // no bytes
  "not-a-picture", // the bytes are no format that is read here
  "truncated", // the header is fine and the pixels end early
  "unsupported-format", // a picture, but not a photograph's format (GIF, SVG, PDF)
  "animated", // more than one frame
  "too-large", // more pixels than can be decoded safely
  "link-loop", // a symbolic link that leads back to a folder above it, or nowhere
  "empty-class", // a class folder without any usable picture
  "duplicate-across-splits", // the same bytes stand in two splits (used, with a warning)
  "duplicate-across-classes", // the same bytes carry two labels (used, with a warning)
] as const;
export type PictureProblemCode = (typeof pictureProblemCodes)[number];

export interface PictureProblem {
  readonly code: PictureProblemCode;
  /** Path relative to the data set's folder, with forward slashes. */
  readonly name: string;
  /** True: the picture is left out. False: it is used and this is a warning. */
  readonly isSkipped: boolean;
}

export interface ClassCounts {
  readonly name: string;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/** One version of a data set: the same pictures with the same labels and split have the same fingerprint. */
export interface DatasetView {
  readonly id: number;
  readonly name: string;
  readonly source: DatasetSource;
  /** Hex SHA-256 over every picture's name, bytes, label and split. */
  readonly fingerprint: string;
  readonly classes: readonly ClassCounts[];
  readonly counts: Readonly<Record<SplitName, number>>;
  /** `folders`: the data brought this split. `seeded`: held out by us from the training pictures. `none`: there is none. */
  readonly splitOrigin: Readonly<Record<"validation" | "test", "folders" | "seeded" | "none">>;
  /** Smallest and largest side seen, in pixels. */
  readonly sidePixels: { readonly smallest: number; readonly largest: number };
  readonly problems: readonly PictureProblem[];
  /** Some pictures to show, spread over the classes; `example` addresses `/pictures/<dataset id>/<example>`. */
  readonly samples: readonly { readonly example: number; readonly className: string }[];
  readonly lookedAt: string;
}

/** Files that can be chosen beside folders, by the end of their names. */
export const browsedFiles = z.enum(["safetensors"]);
export type BrowsedFiles = z.infer<typeof browsedFiles>;

/** One level of folders, for choosing one, or a file in one, in a browser. */
export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
  /** Of the kind that was asked for; none where none was. */
  readonly files: readonly { readonly name: string; readonly path: string; readonly bytes: number }[];
}
