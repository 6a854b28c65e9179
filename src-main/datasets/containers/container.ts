/** What pictures are read from: a folder on a disk, or an archive. Either way files have names with forward slashes, and their bytes stand somewhere. */
import type { PictureProblem } from "../../contract/dataset.ts";
import type { OpenOptions } from "../open-options.ts";
import type { PictureProblemFound } from "../pictures/open-picture.ts";
import type { FolderTree } from "../readings/folder-tree.ts";

/** Where the bytes of one file stand. */
export interface Place {
  readonly path: string;
  readonly start: number;
  /** From `start` on; null: to the end of the file on disk. */
  readonly storedBytes: number | null;
  /** Of what is compressed (deflate): how many bytes come out of it. */
  readonly inflatedBytes: number | null;
  /** Of the bytes that come out, where it is known. */
  readonly checksum: number | null;
}

export interface Contents {
  readonly tree: FolderTree;
  /** What in it cannot be used. */
  readonly problems: readonly PictureProblem[];
}

export interface Container {
  list(options: OpenOptions): Promise<Contents>;
  /** @throws the file system's own errors */
  find(name: string): Promise<Place | PictureProblemFound>;
}

export function wholeFile(path: string): Place {
  return { path, start: 0, storedBytes: null, inflatedBytes: null, checksum: null };
}
