/** A layout as people have it on disk, and how it is understood: rows of one long table. */
import type { FolderLayout } from "../../../src-main/contract/dataset.ts";

/** Folders with a number of pictures named 00.png …; `*` in a name is a number from 1; a text or bytes are a file's content. */
export type Tree = Readonly<Record<string, number | string | Uint8Array>>;
export type Counts = readonly [train: number, validation: number, test: number];

export interface LayoutCase {
  readonly tree: Tree;
  /** The tree is in an archive of this name, which is opened in place of a folder. */
  readonly archive?: string;
  /** Of the tree: what is opened in place of its folder. */
  readonly opened?: string;
  readonly layout: FolderLayout;
  readonly root?: string;
  readonly list?: string;
  /** The column of the class, of a list. */
  readonly label?: string;
  /** Pictures of each class by the names of files alone; one number where the data brings no split. */
  readonly classes: Readonly<Record<string, number>>;
  /** Of the splits that the data brings. */
  readonly splits?: Counts;
  /** Other readings on offer, a question first: a layout, with a column where there are several. */
  readonly others?: readonly string[];
  readonly isQuestion?: boolean;
  readonly aside?: readonly string[];
}

export type LayoutCases = Readonly<Record<string, LayoutCase>>;

export const six = { cat: 6, dog: 6 };
export const rows = (lines: readonly string[], between = "\n") => `${lines.join(between)}\n`;
export const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
/** A line for each of twelve pictures. */
export const listed = (line: (number: number, label: string) => string) =>
  numbers(12).map((number) => line(number, number <= 6 ? "cat" : "dog"));
