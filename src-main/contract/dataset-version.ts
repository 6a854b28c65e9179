/** Changes to labels and splits that leave the files on disk as they are: an ordered list of edits is a version of a data set. */
import { z } from "zod";
import { type FolderSource, type SplitName, splitName } from "./dataset.ts";

/** Becomes the name of a folder when a version is written out. */
export const className = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^[^\p{Cc}]*$/u, "holds a character that cannot be seen");
export const versionNote = z.string().trim().max(200);
export const versionAuthor = z.string().trim().min(1).max(100);

/** One change, whatever its pictures are named by. Classes are those that stand when its turn comes. */
export type EditOf<Pictures> =
  | { readonly kind: "relabel"; readonly pictures: Pictures; readonly className: string }
  | { readonly kind: "exclude"; readonly pictures: Pictures }
  | { readonly kind: "move"; readonly pictures: Pictures; readonly split: SplitName }
  | { readonly kind: "rename-class"; readonly from: string; readonly to: string }
  | { readonly kind: "merge-classes"; readonly from: readonly string[]; readonly into: string };

function editOptions<Pictures>(pictures: z.ZodType<Pictures>) {
  return [
    z.object({ kind: z.literal("relabel"), pictures, className }),
    z.object({ kind: z.literal("exclude"), pictures }),
    z.object({ kind: z.literal("move"), pictures, split: splitName }),
    z.object({ kind: z.literal("rename-class"), from: z.string(), to: className }),
    z.object({ kind: z.literal("merge-classes"), from: z.array(z.string()).min(1).readonly(), into: className }),
  ] as const;
}

/** A picture as it was when it was changed: other bytes under its name are another picture. */
const namedPicture = z.object({ name: z.string(), contentHash: z.string() });
export type NamedPicture = z.infer<typeof namedPicture>;
export type DatasetEdit = EditOf<readonly NamedPicture[]>;

/** By their numbers in the data set that is shown, as `textOfNumbers` writes them. */
const numberedPictures = z.object({ datasetId: z.int().positive(), numbers: z.string().min(1) });
export type NumberedPictures = z.infer<typeof numberedPictures>;
/** By their names alone. */
export type NamedEdit = EditOf<readonly string[]>;

/** As a person asks for it. */
export const askedEdit = z.discriminatedUnion(
  "kind",
  editOptions(z.union([z.array(z.string()).min(1).readonly(), numberedPictures])),
);
export type AskedEdit = EditOf<readonly string[] | NumberedPictures>;

/** As it is recorded. `undo` stands alone: such a version is what stood before the changes of its parent. */
export const recordedEdit = z.discriminatedUnion("kind", [
  ...editOptions(z.array(namedPicture).min(1).readonly()),
  z.object({ kind: z.literal("undo") }),
]);
export type RecordedEdit = DatasetEdit | { readonly kind: "undo" };

export interface DatasetVersionView {
  /** Hex SHA-256 over the reading and the split, the parent's key and the edits: the same changes have the same key on every record. */
  readonly key: string;
  /** From 1 on, for each folder. */
  readonly number: number;
  /** Null where it was made from the pictures as they stand on disk. */
  readonly parentKey: string | null;
  readonly author: string;
  /** What a person says of it; empty for nothing. */
  readonly note: string;
  readonly createdAt: string;
  /** What to open for it. */
  readonly source: FolderSource;
  /** With the number of their pictures. */
  readonly edits: readonly (EditOf<number> | { readonly kind: "undo" })[];
}

/** What differs between two versions, picture by picture. */
export interface VersionDifferences {
  readonly relabelled: readonly { readonly name: string; readonly from: string; readonly to: string }[];
  readonly moved: readonly { readonly name: string; readonly from: SplitName; readonly to: SplitName }[];
  /** In the first alone. */
  readonly excluded: readonly string[];
  /** In the second alone. */
  readonly added: readonly string[];
  /** Pictures that stand in both as they are. */
  readonly same: number;
}

export interface WrittenOut {
  readonly folder: string;
  readonly pictures: number;
  readonly classes: number;
  /** Classes whose folder is not called as they are, since no system takes two names that are alike, and some not every name. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  readonly bytes: number;
}
