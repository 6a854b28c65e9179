/** Words for taking and pasting pictures. */
import type { ShownError } from "../../../../lib/engine/errors.ts";
import { counted } from "../../../../lib/format.ts";
import { isolated } from "../../../../lib/names.ts";

export const takeTexts = {
  open: "Take or paste pictures…",
  title: "Take or paste pictures",
  description: "Each becomes a file in a folder of its class, on this machine. No file that is there is changed.",
  folder: "Folder",
  noFolder: "None chosen yet",
  chooseFolder: "Choose a folder…",
  otherFolder: "Another folder…",
  typedFolder: "Folder that holds the classes, or a new one",
  useFolder: "Use this folder",
  noFolders: "No folders in here.",
  split: "Split",
  className: "Class",
  classHint: "A folder that is there, or a new one",
  keys: "Space takes a picture. Ctrl+V pastes pictures. Picture files can be dropped here.",
  chooseFiles: "Choose files…",
  undo: "Undo the last",
  done: "Done",
  taken: "Pictures added",
  notReady: {
    code: null,
    problem: "It is not clear yet where the picture goes.",
    remedy: "Choose a folder and name a class first.",
  } satisfies ShownError,
  nothingPasted: {
    code: null,
    problem: "There is no picture on the clipboard.",
    remedy: "Copy a picture, or picture files, and paste again.",
  } satisfies ShownError,
  lastTaken: (className: string, name: string): string => isolated(`${className}, ${name}`),
};

/** `3 pictures added, 2 on their way` */
export function takenText(taken: number, waiting: number): string {
  const added = taken === 0 ? "No pictures added yet" : `${counted(taken, "picture")} added`;
  return waiting === 0 ? added : `${added}, ${waiting} on their way`;
}
