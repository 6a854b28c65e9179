/** One picture → one new file in the folder of its class; and the way back. Both run in the reader's process, since the bytes come from anywhere. */
import { mkdir, readFile, rmdir, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import type { ClassFolders, PicturePart, TakenPicture } from "../../contract/taken-picture.ts";
import { endingOf, kindOfBytes } from "../../datasets/pictures/kind-of-bytes.ts";
import { openPicture, readHeader } from "../../datasets/pictures/open-picture.ts";
import { contentHashOf } from "../../datasets/pictures/picture-bytes.ts";
import { splitOfName } from "../../datasets/readings/split-names.ts";
import { isSafeName, nameKey } from "../../domain/file-names.ts";
import { writeNewFileAtomically } from "../../platform/atomically.ts";
import { codedWriteError } from "../../platform/disk-trouble.ts";
import { personalPath } from "../../platform/paths.ts";
import { browseFolders } from "./browse-folders.ts";

export interface AddPictureRequest extends Pick<PicturePart, "folder" | "className" | "origin" | "series" | "number"> {
  readonly bytes: Uint8Array;
}

export interface AddedPicture extends Omit<TakenPicture, "id"> {
  readonly contentHash: string;
  /** The folder of the class was not there before. */
  readonly isFolderNew: boolean;
}

export type RemovePictureRequest = Pick<AddedPicture, "path" | "contentHash" | "isFolderNew">;

/** A series has thousands of pictures at most. */
const mostTries = 10_000;

/** The folders in a folder; none in one that is not there yet, if the one above it is. @throws StrataError what `browseFolders` does */
export async function classFoldersIn(asked: string): Promise<ClassFolders> {
  const path = personalPath(asked);
  const listing = await browseFolders(path).catch(async (thrown: unknown) => {
    const isNew = thrown instanceof StrataError && thrown.code === "data.not-found" && (await isFolder(dirname(path)));
    if (isNew) return { folders: [] };
    throw thrown;
  });
  const classes = listing.folders.map(({ name }) => name);
  return { path, classes, splits: classes.every((name) => splitOfName(name) !== null) ? classes : [] };
}

/**
 * Nothing that is there is ever written over.
 * @throws StrataError what `classFoldersIn` does, `data.class-name`, `data.picture-refused`, `data.not-written`
 */
export async function addPicture(request: AddPictureRequest): Promise<AddedPicture> {
  const { className: asked, origin, series, bytes } = request;
  const { path: folder, classes } = await classFoldersIn(request.folder);
  const className = folderNameOf(asked, classes);
  const ending = await checkedEnding(bytes);
  const classFolder = join(folder, className);
  try {
    const isFolderNew = (await mkdir(classFolder, { recursive: true })) !== undefined;
    for (let number = request.number; number < request.number + mostTries; number++) {
      const name = `${origin}-${series}-${String(number).padStart(3, "0")}.${ending}`;
      const path = join(classFolder, name);
      if (writeNewFileAtomically(path, bytes))
        return { name, className, path, contentHash: contentHashOf(bytes), isFolderNew };
    }
    throw new Error(`${mostTries} pictures of one series stand in ${classFolder}`);
  } catch (thrown) {
    throw codedWriteError(thrown, classFolder, "data.not-written");
  }
}

/** Deletes the file if it is still the one that was written, and the folder if that was made for it and is empty. @throws StrataError `data.not-undone` */
export async function removePicture({ path, contentHash, isFolderNew }: RemovePictureRequest): Promise<void> {
  const bytes = await readFile(path).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === "ENOENT") return null; // deleted by somebody else: what was wanted
    throw new StrataError("data.not-undone", { path }, { cause: thrown });
  });
  if (bytes !== null && contentHashOf(bytes) !== contentHash) throw new StrataError("data.not-undone", { path });
  if (bytes !== null)
    await unlink(path).catch((thrown: unknown) => {
      throw codedWriteError(thrown, path, "data.not-written");
    });
  // One that holds something by now stays, which the system itself sees to.
  if (isFolderNew) await rmdir(dirname(path)).catch(() => {});
}

/** A folder that is there, whatever its name; else a name that every system takes. */
function folderNameOf(asked: string, folders: readonly string[]): string {
  const there = folders.find((name) => name === asked) ?? folders.find((name) => nameKey(name) === nameKey(asked));
  if (there !== undefined) return there;
  if (!isSafeName(asked)) throw new StrataError("data.class-name", { name: asked });
  return asked;
}

/** By the bytes, of which every pixel is decoded once. */
async function checkedEnding(bytes: Uint8Array): Promise<string> {
  const header = await readHeader(bytes);
  if ("code" in header) throw new StrataError("data.picture-refused", header);
  const isWhole = await openPicture(bytes)
    .then(({ picture }) => picture.resize(1, 1).raw().toBuffer())
    .then(
      () => true,
      () => false,
    );
  if (!isWhole) throw new StrataError("data.picture-refused", { code: "truncated" });
  return endingOf(kindOfBytes(bytes));
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
