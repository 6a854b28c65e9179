/** Pictures that a person takes with a camera, pastes or drops as a file: each becomes a file in the folder of a class. */
import { z } from "zod";
import { className } from "./dataset-version.ts";

/** Whatever a camera or a scanner makes; larger ones are copied into the folder by other means. */
export const mostPictureBytes = 20_000_000;
/** Of one message, in letters of base64: a multiple of four, so that each part can be decoded by itself. */
export const mostPartLetters = 800_000;

/** How it came. The first word of its file's name. */
export const pictureOrigin = z.enum(["camera", "paste", "file"]);
export type PictureOrigin = z.infer<typeof pictureOrigin>;

/** A picture on its way to the engine: in parts, one after the other, since no message is larger than a megabyte. */
export const uploadPart = z.object({
  /** Counts the pictures of a connection, so that a part of another is told apart. */
  upload: z.int().min(0),
  /** Base64. */
  part: z.string().max(mostPartLetters),
  isLast: z.boolean(),
});
export type UploadPart = z.infer<typeof uploadPart>;

/** One that becomes a file. */
export const picturePart = uploadPart.extend({
  /** That holds the folders of classes. It is made where the one above it is there. */
  folder: z.string().trim().min(1).max(4_096),
  className,
  origin: pictureOrigin,
  /** When the person began, as file names have it: `2026-11-26-103000`. */
  series: z.string().regex(/^\d{4}-\d\d-\d\d-\d{6}$/),
  /** Within the series; the next one that is free is taken. */
  number: z.int().min(1).max(99_999),
});
export type PicturePart = z.infer<typeof picturePart>;

/** As it was written. */
export interface TakenPicture {
  /** For undoing it, as long as the engine runs. */
  readonly id: string;
  /** `camera-2026-11-26-103000-001.jpg` */
  readonly name: string;
  /** The name of the folder: one that is there already, also where it was asked for in other letters, small or capital. */
  readonly className: string;
  readonly path: string;
}

/** What stands in a folder that pictures are to be added to. */
export interface ClassFolders {
  readonly path: string;
  /** Names of the folders in it. */
  readonly classes: readonly string[];
  /** Those of them whose names are of splits, where all are: then the classes stand one level below. */
  readonly splits: readonly string[];
}
