/** Which pictures a finding opens: those that it is about, else some of the classes that it names. */
import type { DatasetView } from "../../../../src-main/contract/dataset.ts";
import type { PictureRef } from "../../../../src-main/contract/pixel-scan.ts";
import type { Finding } from "../../../../src-main/domain/health/finding.ts";
import { splitTexts } from "../../../entities/run/run-texts.ts";
import { isolated } from "../../../lib/names.ts";
import type { MendFocus } from "./mend/mend.svelte.ts";

/** Of a sample only the class is known. */
export type ShownPicture = Pick<PictureRef, "example" | "className"> & Partial<PictureRef>;

const mostOfClass = 6;

export function picturesOf(
  { pictures, classes }: Finding,
  { samples }: DatasetView,
): readonly (readonly ShownPicture[])[] {
  if (pictures.length > 0) return pictures;
  return classes
    .map((name) => samples.filter(({ className }) => className === name).slice(0, mostOfClass))
    .filter((group) => group.length > 0);
}

/** What the grid of pictures to be mended is held to; null where the finding is about none in particular. */
export function focusOf({ title, pictures, names = [], classes, split }: Finding): MendFocus | null {
  const shown = pictures.flat().map(({ name }) => name);
  const focus = { title, names: shown.length > 0 ? shown : names, classes, split: split ?? null };
  return focus.names.length + classes.length === 0 && !split ? null : focus;
}

export function splitCaption({ split }: ShownPicture): string {
  return split === undefined ? "" : splitTexts[split];
}

/** `train/cat/3.jpg, cat, training` */
export function pictureAlt(picture: ShownPicture): string {
  const { name, className } = picture;
  return [name, className]
    .filter((text) => text !== undefined)
    .map(isolated)
    .concat(splitCaption(picture) || [])
    .join(", ");
}
