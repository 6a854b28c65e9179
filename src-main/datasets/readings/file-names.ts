/** Pictures in one folder whose names say the class: `cat.0.jpg`, `daisy_001.png`, `0001-cat.png`. */
import type { SplitName } from "../../contract/dataset.ts";
import { folderPath } from "../formats/folder-reader.ts";
import { type FolderTree, filledFolders, looseFiles } from "./folder-tree.ts";
import { type ClassGroup, foldersAside, type Proposal } from "./proposal.ts";

/** A class of one picture is a name that happened. */
const fewestOfAClass = 2;
/** More classes than pictures to each of them are numbers, dates or titles. */
const fewestPerClass = 3;

export function proposeFileNames(root: FolderTree): readonly Proposal[] {
  const groups = classesByFileName(root, null);
  if (!groups) return [];
  return [
    {
      reading: { layout: "file-names", root: root.name },
      groups,
      leftAside: foldersAside(root.folders, "beside-classes"),
      fit: filledFolders(root).length === 0 ? "likely" : "possible",
    },
  ];
}

/** One group a class; null where the names say none. */
export function classesByFileName(folder: FolderTree, split: SplitName | null): readonly ClassGroup[] | null {
  const files = looseFiles(folder);
  for (const classOf of [wordBeforeNumber, wordAfterNumber]) {
    const byClass = Map.groupBy(files, (file) => classOf(stemOf(file)) ?? "");
    const sizes = [...byClass.values()].map(({ length }) => length);
    const isPlausible =
      !byClass.has("") &&
      byClass.size >= 2 &&
      Math.min(...sizes) >= fewestOfAClass &&
      files.length >= byClass.size * fewestPerClass;
    if (!isPlausible) continue;
    return [...byClass].map(([className, ofClass]) => ({ name: folder.name, className, split, files: ofClass }));
  }
  return null;
}

/** What cameras and programs put before a number: no class is meant. */
const numberedBy =
  /^(img|image|images|imag|pict?|picture|photo|dscn?|dscf|dscx|pxl|gopr|mvimg|scan|frame|screenshot|wp|file|sample|untitled|p)$/i;

function stemOf(file: string): string {
  return folderPath
    .base(file)
    .normalize("NFC")
    .replace(/\.[^.]*$/, "");
}

const wordBeforeNumber = (stem: string) => classWord(/^(.*\p{L}.*?)[\s._()-]*\d+[\s._()-]*$/u.exec(stem)?.[1]);
const wordAfterNumber = (stem: string) => classWord(/^\d+[\s._()-]*(.*\p{L}.*)$/u.exec(stem)?.[1]);

function classWord(word: string | undefined): string | null {
  return word === undefined || numberedBy.test(word) ? null : word;
}
