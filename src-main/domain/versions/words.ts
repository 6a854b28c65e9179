/** Versions in words, the same on the page and on the command line. */
import type { DatasetVersionView, EditOf } from "../../contract/dataset-version.ts";
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
