/** Versions in words, the same on the page and on the command line. */
import type { DatasetVersionView, EditOf, WrittenOut } from "../../contract/dataset-version.ts";
import { visibleText } from "../visible-text.ts";

/** As in `version 2 “mended labels”`. */
export function versionInWords({ number, note }: Pick<DatasetVersionView, "number" | "note">): string {
  return note === "" ? `version ${number}` : `version ${number} “${note}”`;
}

const pictures = (count: number): string => `${count.toLocaleString("en")} picture${count === 1 ? "" : "s"}`;

/** As in `3 pictures relabelled as cat`. */
export function editInWords(edit: EditOf<number> | { readonly kind: "undo" }): string {
  switch (edit.kind) {
    case "relabel":
      return `${pictures(edit.pictures)} relabelled as ${visibleText(edit.className)}`;
    case "exclude":
      return `${pictures(edit.pictures)} excluded`;
    case "move":
      return `${pictures(edit.pictures)} moved to ${edit.split}`;
    case "rename-class":
      return `${visibleText(edit.from)} renamed to ${visibleText(edit.to)}`;
    case "merge-classes":
      return `${edit.from.map(visibleText).join(", ")} merged into ${visibleText(edit.into)}`;
    case "undo":
      return "the version before it undone";
  }
}

/** Of a class that was written out: `con is in the folder _con: not every system takes …` */
export function renamedInWords({ from, to }: WrittenOut["renamed"][number]): string {
  return `${from} is in the folder ${to}: not every system takes its own name, or tells it from another class’s.`;
}
