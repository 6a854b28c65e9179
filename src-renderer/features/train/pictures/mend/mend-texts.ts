/** Words for mending labels and splits. */
import type { SplitName } from "../../../../../src-main/contract/dataset.ts";
import type {
  DatasetVersionView,
  NamedEdit,
  VersionDifferences,
  WrittenOut,
} from "../../../../../src-main/contract/dataset-version.ts";
import { editInWords, versionInWords } from "../../../../../src-main/domain/versions/words.ts";
import { bytes, count, counted } from "../../../../lib/format.ts";
import { isolated } from "../../../../lib/names.ts";

export const mendTexts = {
  open: "Mend pictures…",
  title: "Mend pictures",
  description:
    "Files stay as they are: changes are saved as a version of the data set, which can be trained on and undone.",
  keys: "Arrow keys move, Space selects, Shift extends, Ctrl+A selects all. L relabels, Delete excludes, 1, 2 and 3 move to training, validation and test, Ctrl+Z undoes.",
  only: (pictures: number, title: string): string => `Only the ${counted(pictures, "picture")} of: ${title}.`,
  showAll: "Show all pictures",
  none: "No pictures here.",
  allClasses: "All classes",
  allSplits: "All splits",
  save: "Save as a new version",
  noChanges: "No changes yet. Select pictures, then relabel, exclude or move them.",
  onDisk: "As on disk",
  list: "Pictures to mend",
  showClass: "Show the class",
  showSplit: "Show the split",
  newClass: "New class",
  relabel: "Relabel",
  moveTo: "Move to",
  exclude: "Exclude",
  classFrom: "Class",
  classTo: "becomes",
  rename: "Rename",
  merge: "Merge",
  changes: "Changes to be saved",
  undo: "Undo the last",
  note: "Note",
  noteExample: "mended labels",
  version: "Version",
  versions: "All versions…",
  compareWith: "Compare with",
  compare: "Compare",
  comparing: "Scanning both…",
  use: "Use",
  inUse: "In use",
  madeFrom: (parent: number | null): string =>
    parent === null ? "made from the pictures on disk" : `made from version ${parent}`,
  writeOut: "Write out as a folder…",
  writeOutTitle: "Write out as a folder",
  writeOutDescription:
    "Every picture is copied, with the labels and splits that it has here, into a folder for each split and class. The pictures that stand here are not touched.",
  unsaved: "Save the changes first: a version is written out.",
  emptyFolder: "Empty folder, or a new one",
  writeHere: "Write out here",
  chooseEmpty: "Choose an empty folder…",
  noFolders: "No folders in here.",
  writing: "Copying pictures",
  stopWriting: "Stop",
  openWritten: "Open this folder",
  versionsTitle: "Versions of these pictures",
  versionsDescription: "Each keeps the changes of the one that it was made from, and its own. None is deleted.",
};

export const splitTitles: Readonly<Record<SplitName, string>> = {
  train: "Training",
  validation: "Validation",
  test: "Test",
};

export function selectedText(selected: number, shown: number): string {
  return selected === 0 ? counted(shown, "picture") : `${count(selected)} of ${counted(shown, "picture")} selected`;
}

/** As a pending change is listed. */
export function changeText(edit: NamedEdit): string {
  const text = editInWords("pictures" in edit ? { ...edit, pictures: edit.pictures.length } : edit);
  return isolated(text);
}

/** `Version 2 “mended labels”` */
export function versionTitle(version: DatasetVersionView): string {
  const words = versionInWords(version);
  return isolated(`${words[0]!.toUpperCase()}${words.slice(1)}`);
}

export function versionChanges({ edits }: DatasetVersionView): string {
  return edits.map(editInWords).join("; ");
}

export function writingText(done: number, total: number | null): string {
  return total === null ? "Opening the pictures" : `${count(done)} of ${counted(total, "picture")} copied`;
}

/** `261 pictures of 10 classes, 1.2 MB, were written to /home/me/mended` */
export function writtenText({ pictures, classes, bytes: size, folder }: WrittenOut): string {
  const what = `${counted(pictures, "picture")} of ${counted(classes, "class", "classes")}, ${bytes(size)}`;
  return `${what}, ${pictures === 1 ? "was" : "were"} written to ${isolated(folder)}`;
}

/** `1 relabelled, 2 moved, 3 left out, 4 added; 90 unchanged` */
export function differencesText({ relabelled, moved, excluded, added, same }: VersionDifferences): string {
  const parts = [
    [relabelled.length, "relabelled"],
    [moved.length, "moved"],
    [excluded.length, "left out"],
    [added.length, "added"],
  ] as const;
  const changed = parts.flatMap(([many, word]) => (many > 0 ? `${count(many)} ${word}` : []));
  return `${changed.length === 0 ? "No picture differs" : changed.join(", ")}; ${count(same)} unchanged`;
}
