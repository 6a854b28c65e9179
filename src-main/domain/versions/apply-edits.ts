/** Edits, applied to pictures in their order. What fits no picture or class is told and never guessed at. */
import type { PictureProblem, PictureProblemCode, SplitName } from "../../contract/dataset.ts";
import type { DatasetEdit, NamedPicture } from "../../contract/dataset-version.ts";

export interface LabelledPicture extends NamedPicture {
  readonly className: string;
  readonly split: SplitName;
  /** See `Example`. */
  readonly group?: string;
}

interface Edited {
  readonly picture: LabelledPicture;
  className: string;
  split: SplitName;
  isExcluded: boolean;
}

export interface EditedPictures {
  /** In the order in which they came, without those that were excluded. */
  readonly pictures: readonly LabelledPicture[];
  /** Where an edit has nothing to change: the picture or class is gone, the picture has other bytes, or the new name of a class is taken. */
  readonly conflicts: readonly PictureProblem[];
}

export function applyEdits(pictures: readonly LabelledPicture[], edits: readonly DatasetEdit[]): EditedPictures {
  const all = pictures.map(
    (picture): Edited => ({ picture, className: picture.className, split: picture.split, isExcluded: false }),
  );
  const byName = new Map(all.map((edited) => [edited.picture.name, edited]));
  const conflicts = new Map<string, PictureProblem>();
  const tell = (code: PictureProblemCode, name: string): void => {
    conflicts.set(`${code}\0${name}`, { code, name, isSkipped: false });
  };

  for (const edit of edits) {
    if (edit.kind === "rename-class" || edit.kind === "merge-classes") changeClasses(all, edit, tell);
    else
      for (const named of edit.pictures) {
        const edited = byName.get(named.name);
        if (edited?.picture.contentHash === named.contentHash) change(edited, edit);
        else if (edited) tell("edit-picture-changed", named.name);
        // One that was to be excluded is as good as that.
        else if (edit.kind !== "exclude") tell("edit-picture-gone", named.name);
      }
  }
  return {
    pictures: all.flatMap(({ picture, className, split, isExcluded }) =>
      isExcluded ? [] : { ...picture, className, split },
    ),
    conflicts: [...conflicts.values()],
  };
}

type OfPictures = Extract<DatasetEdit, { pictures: unknown }>;

function change(edited: Edited, edit: OfPictures): void {
  switch (edit.kind) {
    case "relabel":
      edited.className = edit.className;
      break;
    case "move":
      edited.split = edit.split;
      break;
    case "exclude":
      edited.isExcluded = true;
  }
}

function changeClasses(
  all: readonly Edited[],
  edit: Exclude<DatasetEdit, OfPictures>,
  tell: (code: PictureProblemCode, name: string) => void,
): void {
  const classes = new Set(all.flatMap(({ className, isExcluded }) => (isExcluded ? [] : className)));
  const { from, to } =
    edit.kind === "rename-class" ? { from: [edit.from], to: edit.to } : { from: edit.from, to: edit.into };
  for (const name of from) if (!classes.has(name)) tell("edit-class-gone", name);
  // To rename into a class that is there would merge the two without a word.
  const isTaken = edit.kind === "rename-class" && edit.from !== to && classes.has(to);
  if (isTaken) tell("edit-class-taken", to);
  const changed = new Set(isTaken ? [] : from);
  for (const edited of all) if (changed.has(edited.className)) edited.className = to;
}
