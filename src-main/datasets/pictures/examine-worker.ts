/** Runs in a thread of the pool: looks at a few files of a folder or an archive. */
import { readPicture } from "../containers/read-picture.ts";
import type { OfMoving, PictureProblemFound } from "./open-picture.ts";
import { examinePicture, type PictureFacts } from "./picture-bytes.ts";

export interface ExamineTask {
  readonly folder: string;
  /** Relative to the folder, with forward slashes. */
  readonly names: readonly string[];
  readonly ofMoving: OfMoving;
}
/** `no-answer` stands last: those behind it were not tried. */
export type Examined = PictureFacts | PictureProblemFound | "no-answer";

export default async function examine({ folder, names, ofMoving }: ExamineTask): Promise<readonly Examined[]> {
  const found: Examined[] = [];
  for (const name of names) {
    const bytes = await readPicture(folder, name);
    if (bytes === "no-answer") return [...found, bytes];
    found.push("code" in bytes ? bytes : await examinePicture(bytes, ofMoving));
  }
  return found;
}
