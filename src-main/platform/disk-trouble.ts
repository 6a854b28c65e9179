/** What the file system's error numbers mean to whoever wanted to write: the one table of them. */

/** `no-folder`: what should be a folder is something else, or cannot be made where it should stand. */
export type DiskTrouble = "full" | "not-writable" | "no-folder";

const meanings: Readonly<Record<string, DiskTrouble>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  EROFS: "not-writable",
  EACCES: "not-writable",
  EPERM: "not-writable",
  ENOTDIR: "no-folder",
  EEXIST: "no-folder",
  EISDIR: "no-folder",
  // Of a link that leads nowhere, as to a drive that is gone.
  ENOENT: "no-folder",
  ELOOP: "no-folder",
  ENAMETOOLONG: "no-folder",
  ENODEV: "no-folder",
  ENXIO: "no-folder",
};

/** In the middle of a sentence. */
export const troubleInWords: Readonly<Record<DiskTrouble, string>> = {
  full: "the disk is full",
  "not-writable": "the folder cannot be written",
  "no-folder": "something that is no folder is in the way",
};

/** Null for what is no trouble of the disk's. */
export function diskTroubleOf(thrown: unknown): DiskTrouble | null {
  return thrown instanceof Error && "code" in thrown ? (meanings[String(thrown.code)] ?? null) : null;
}
