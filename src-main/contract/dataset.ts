/** Pictures with a class each: where they come from, and what a look at them found. */
import { z } from "zod";
import { type Grouping, splitPlan } from "./split-plan.ts";

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
  split: splitPlan.optional(),
});

/** How the folders and files under a folder become classes and splits. */
export const folderLayouts = [
  "class-folders", // cat/, dog/
  "split-folders", // train/cat/, val/cat/
  "splits-in-classes", // cat/train/, cat/test/
  "inner-folders", // animals/cat/, vehicles/car/: a class is a folder inside
  "file-names", // cat.0.jpg, dog.0.jpg
  "label-list", // labels.csv beside the pictures
  "one-hot-list", // labels.csv with a column for each class, and a 1 in one of them
  "split-lists", // train.csv and test.csv beside the pictures
  "idx-files", // train-images-idx3-ubyte, of MNIST and its like
  "cifar-10", // data_batch_1.bin
  "cifar-100", // train.bin, by fine labels
  "cifar-100-coarse", // train.bin, by coarse labels
  "parquet", // train-00000-of-00001.parquet, with pictures inside
] as const;
export type FolderLayout = (typeof folderLayouts)[number];

/** One way to understand a folder. Chosen by a person it stands in the source, so that the same is understood again. */
export const folderReading = z.object({
  layout: z.enum(folderLayouts),
  /** The folder inside that holds the classes or splits, with forward slashes; empty for the folder itself. */
  root: z.string().max(4_096),
  /** Of a label list, or of files of records side by side: the file. */
  list: z.string().max(4_096).optional(),
  /** Of lists: the column of the class, by its header or its number from 1; of one-hot columns the first one's. Without it, the likeliest. */
  label: z.string().max(200).optional(),
});
export type FolderReading = z.infer<typeof folderReading>;

/** Without a reading, the likeliest is taken. */
export const folderSource = z.object({
  kind: z.literal("folder"),
  path: z.string().min(1),
  reading: folderReading.optional(),
  /** The key of a version (`dataset-version.ts`): the pictures with its changes. Without one, as they stand on disk. */
  version: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** Of moving pictures, as GIF has them, the first frame, and of TIFFs of several pages the first; else they are left out. */
  ofMoving: z.literal("first-frame").optional(),
  /** Without one, as found. A version's changes come after it, so that what a person said of single pictures holds. */
  split: splitPlan.optional(),
});

export type FolderSource = z.infer<typeof folderSource>;

export const datasetSource = z.discriminatedUnion("kind", [folderSource, drawnSource]);
export type DatasetSource = z.infer<typeof datasetSource>;
export type DrawnSource = z.infer<typeof drawnSource>;

/** Why a file is not used, or is used with a warning. */
export const pictureProblemCodes = [
  "unreadable", // permission, or the read failed
  "empty", // no bytes
  "not-a-picture", // the bytes are no format that is read here
  "truncated", // the header is fine and the pixels end early
  "unsupported-format", // a picture, but of a format that is not read here (SVG, PDF)
  "animated", // more than one frame
  "first-frame", // it moves, and its first frame is used, as was asked for (used, with a warning)
  "several-pages", // a TIFF of which no page is larger than all others
  "first-page", // it has several pages, and its first is used, as was asked for (used, with a warning)
  "too-large", // more pixels than can be decoded safely
  "link-loop", // a symbolic link that leads back to a folder above it, or nowhere
  "outside-archive", // its name leads out of the folder
  "link-in-archive", // a link or a device inside an archive, which is never followed; one that leads out of it is refused with the archive
  "nested-archive", // an archive inside an archive, which is not opened
  "encrypted", // a file of an archive that wants a password
  "unknown-compression", // a file of an archive, compressed in a way that is not read here
  "empty-class", // a class folder without any usable picture, or of a class without training pictures
  "missing-end", // all pixels are there, the last bytes are not (used, with a warning)
  "range-by-values", // floating-point, 32-bit or 12-bit values, scaled to the range they keep to (used, with a warning)
  "duplicate-across-splits", // the same bytes stand in two splits (used, with a warning)
  "duplicate-across-classes", // the same bytes carry two labels (used, with a warning)
  "edit-picture-gone", // a version changes it, and it is no longer there
  "edit-picture-changed", // a version changes it, and other bytes have its name now (used as it stands on disk)
  "edit-class-gone", // a version renames or merges it, and no picture is of it
  "edit-class-taken", // a version gives a class this name, which another has (so it keeps its own)
] as const;
export type PictureProblemCode = (typeof pictureProblemCodes)[number];

export interface PictureProblem {
  readonly code: PictureProblemCode;
  /** Path relative to the data set's folder, with forward slashes. */
  readonly name: string;
  /** Of a picture that is not read here: what it is, as in PDF. */
  readonly format?: string;
  /** True: the picture is left out. False: it is used and this is a warning. */
  readonly isSkipped: boolean;
  /** Of a class without training pictures: the pictures that it has elsewhere, which are left out with it. */
  readonly leftOut?: { readonly className: string; readonly split: SplitName; readonly pictures: number };
}

/** Pictures, or lines of a list, that a reading does not use. */
export const leftAsideReasons = [
  "beside-classes", // they stand beside the folders of classes
  "without-class", // in a split's folder, and nothing says their class
  "no-split", // in a folder beside those of the splits
  "not-listed", // the list does not name them
  "not-found", // lines of the list whose file is not there
  "two-classes", // pictures that the list gives two classes
  "two-splits", // pictures that the list puts into two splits
  "unknown-split", // pictures whose split is none that is known
] as const;
export const leftAside = z.object({
  /** The folder or list, relative to the data set's folder. */
  name: z.string(),
  pictures: z.int().min(0),
  reason: z.enum(leftAsideReasons),
  /** What stands in the list, of the first such picture. */
  example: z.string().optional(),
});
export type LeftAside = z.infer<typeof leftAside>;

/** A reading as it is offered: what it would give, by the names of the files alone. */
export const offeredReading = z.object({
  reading: folderReading,
  /** The first classes by name, with their pictures in all splits. */
  classes: z.array(z.object({ name: z.string(), pictures: z.int().min(0) })),
  classCount: z.int().min(0),
  pictures: z.object({ all: z.int().min(0), train: z.int().min(0), validation: z.int().min(0), test: z.int().min(0) }),
  leftAside: z.array(leftAside),
});
export type OfferedReading = z.infer<typeof offeredReading>;

/** How a folder was understood. */
export const understanding = z.object({
  reading: folderReading,
  /** All that were found, the likeliest first; the one that was taken is among them. */
  offered: z.array(offeredReading),
  /** Another reading is as likely, and nobody has chosen. */
  isQuestion: z.boolean(),
});
export type Understanding = z.infer<typeof understanding>;

export interface ClassCounts {
  readonly name: string;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
}

/**
 * Where a split is from. `folders`: the data brought it. `seeded`: held out by us from the training pictures. `anew`: made by the plan in the source. `none`:
 * there is none.
 */
export const splitOrigin = z.enum(["folders", "seeded", "anew", "none"]);
export type SplitOrigin = z.infer<typeof splitOrigin>;

/** One version of a data set: the same pictures with the same labels and split have the same fingerprint. */
export interface DatasetView {
  readonly id: number;
  readonly name: string;
  readonly source: DatasetSource;
  /** Hex SHA-256 over every picture's name, bytes, label and split. */
  readonly fingerprint: string;
  readonly classes: readonly ClassCounts[];
  readonly counts: Readonly<Record<SplitName, number>>;
  readonly splitOrigin: Readonly<Record<"validation" | "test", SplitOrigin>>;
  /** Of a split that was made by groups; null of any other. */
  readonly grouping: Grouping | null;
  /** Smallest and largest side seen, in pixels. */
  readonly sidePixels: { readonly smallest: number; readonly largest: number };
  /** Null of a drawn set, and of a folder that an older version looked at. */
  readonly understanding: Understanding | null;
  readonly problems: readonly PictureProblem[];
  /** Some pictures to show, spread over the classes; `example` addresses `/pictures/<dataset id>/<example>`. */
  readonly samples: readonly { readonly example: number; readonly className: string }[];
  readonly lookedAt: string;
}

/** One picture of a data set, as a list has it. */
export interface ListedPicture {
  readonly name: string;
  readonly className: string;
  readonly split: SplitName;
}
/** In one answer. */
export const picturesAtOnce = 5_000;

/** Files that can be chosen beside folders, by the end of their names. */
export const browsedFiles = z.enum(["safetensors", "pictures"]);
export type BrowsedFiles = z.infer<typeof browsedFiles>;
/** `pictures`: archives, files that hold many pictures, and lists of labels beside them. */
export const browsedEndings: Readonly<Record<BrowsedFiles, RegExp>> = {
  safetensors: /\.safetensors$/i,
  pictures: /(\.(zip|tar|tgz|tar\.gz|parquet|csv|tsv)|_batch(_\d)?\.bin|^(train|test)\.bin|idx[13][-_.]ubyte(\.gz)?)$/i,
};

/** One level of folders, for choosing one, or a file in one, in a browser. */
export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
  /** Of the kind that was asked for; none where none was. */
  readonly files: readonly { readonly name: string; readonly path: string; readonly bytes: number }[];
}
