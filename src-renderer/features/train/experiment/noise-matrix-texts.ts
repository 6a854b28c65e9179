/** Words and lines of the field that says what classes become under label noise by a matrix. */
import { mostNoiseMatrixTyped, type NoiseCell, noiseMatrixText } from "../../../../src-main/contract/noise-matrix.ts";
import { textOfBytes } from "../../../../src-main/domain/text-of-bytes.ts";

/** What each class becomes in the lines to begin with. */
const firstShare = 0.2;

export const noiseMatrixTexts = {
  where: "Give it in More settings, below By a matrix as kind of label noise.",
  hint: "One line a change: class, class that it becomes, share of its pictures. Label noise says how much of it: 100 % is as it stands.",
  choose: "Choose a CSV or JSON file…",
  begin: "A line for each class",
  unread: "This file is too large or no text.",
  example: (classes: readonly string[]): string =>
    noiseMatrixText(nextClasses(classes.length > 1 ? classes.slice(0, 2) : ["cat", "dog"])),
} as const;

const nextClasses = (classes: readonly string[]): readonly NoiseCell[] =>
  classes.map((from, place) => ({ from, to: classes[(place + 1) % classes.length]!, share: firstShare }));

/** Each class becomes the next one, to be changed by hand. */
export const linesToBegin = (classes: readonly string[]): string => noiseMatrixText(nextClasses(classes));

/** Null where it cannot be one. */
export async function readNoiseFile(file: Pick<File, "size" | "arrayBuffer">): Promise<string | null> {
  if (file.size > mostNoiseMatrixTyped * 4) return null;
  const bytes = await file.arrayBuffer().catch(() => null);
  const text = bytes === null ? null : textOfBytes(new Uint8Array(bytes));
  return text === null || text.includes("\u0000") ? null : text.trim();
}
