/** One way to understand a folder, worked out from names alone: which pictures have which class and split, and what is left aside. */
import type { FolderReading, LeftAside, SplitName } from "../../contract/dataset.ts";
import type { PictureColumns } from "../../domain/splits/group-of-picture.ts";
import { type FolderTree, filesUnder, looseFiles, mayBePicture } from "./folder-tree.ts";

/** The files that one folder, or one list, gives to a class in a split. */
export interface ClassGroup {
  /** What a message names: the folder, or the list. */
  readonly name: string;
  readonly className: string;
  /** Null: the data brings no split. */
  readonly split: SplitName | null;
  readonly files: readonly string[];
}

/**
 * How well a reading fits, the best first. `sure`: taken without a question. `likely`: taken, and asked about where another is likely or `plausible`.
 * `possible`: on offer, and never a reason to ask.
 */
export const fits = ["sure", "likely", "plausible", "possible"] as const;
export type Fit = (typeof fits)[number];

export interface Proposal {
  readonly reading: FolderReading;
  readonly groups: readonly ClassGroup[];
  readonly leftAside: readonly LeftAside[];
  readonly fit: Fit;
  /** Of a list: what it says of each file beside class and split; gathered when the reading is taken, since a list may have many. */
  readonly columns?: () => PictureColumns;
}

export function groupOf(folder: FolderTree, split: SplitName | null, className = folder.base): ClassGroup {
  return { name: folder.name, className, split, files: filesUnder(folder) };
}

/** Folders that hold pictures and are no part of a reading. */
export function foldersAside(folders: readonly FolderTree[], reason: LeftAside["reason"]): readonly LeftAside[] {
  return folders.filter(({ pictures }) => pictures > 0).map(({ name, pictures }) => ({ name, pictures, reason }));
}

/** Pictures that stand in a folder directly, where its folders are what counts. */
export function looseAside(folder: FolderTree, reason: LeftAside["reason"]): readonly LeftAside[] {
  const pictures = looseFiles(folder).length;
  return pictures > 0 ? [{ name: folder.name, pictures, reason }] : [];
}

/** Those that have pictures to train on; more may stand in other splits. */
export function classesToTrainOn({ groups }: Pick<Proposal, "groups">): ReadonlySet<string> {
  return classNamesOf({ groups: groups.filter(({ split }) => split === null || split === "train") });
}

export function classNamesOf({ groups }: Pick<Proposal, "groups">): ReadonlySet<string> {
  return new Set(groups.filter(({ files }) => files.some(mayBePicture)).map(({ className }) => className));
}
