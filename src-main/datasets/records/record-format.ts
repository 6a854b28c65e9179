/** Files that hold many pictures, one record each: what every format of them can do. A picture in one is named `file#000123`. */

import type { SplitName } from "../../contract/dataset.ts";
import type { Container, Place } from "../containers/container.ts";
import type { ReadBytes } from "../containers/read-place.ts";
import type { FolderTree } from "../readings/folder-tree.ts";
import type { ClassGroup, Proposal } from "../readings/proposal.ts";

export interface RecordFormat {
  /** By the name alone, without the folders above. */
  isFile(base: string): boolean;
  /** Whether another file in the same folder belongs to the same data set. */
  isCompanion(chosen: string, other: string): boolean;
  /** What the files directly in one folder make. @throws StrataError `data.file-damaged` */
  propose(folder: FolderTree, container: Container, source: string): Promise<readonly Proposal[]>;
  /** One picture as the bytes of a file. */
  read(place: Place, file: string, row: number): Promise<ReadBytes>;
}

export function recordName(file: string, row: number): string {
  return `${file}#${String(row).padStart(6, "0")}`;
}

export interface LabelledRow {
  readonly row: number;
  readonly className: string;
}

/** One group a class, in the order in which they appear. */
export function groupsOf(file: string, split: SplitName | null, rows: readonly LabelledRow[]): readonly ClassGroup[] {
  const byClass = Map.groupBy(rows, ({ className }) => className);
  return [...byClass].map(([className, ofClass]) => ({
    name: file,
    className,
    split,
    files: ofClass.map(({ row }) => recordName(file, row)),
  }));
}

/** Numbers in the order of numbers, where classes have no names. */
export function numberedClass(label: number, classes: number): string {
  return String(label).padStart(String(Math.max(0, classes - 1)).length, "0");
}
