/** What the file system's and SQLite's error codes mean to whoever wanted to write or read: the one table of them, and the coded errors that it leads to. */
import { type ErrorCode, StrataError } from "../contract/errors.ts";

/**
 * `no-folder`: what should be a folder is something else, or cannot be made where it should stand. `failing`: the disk itself, or a limit on the size of
 * files, which SQLite does not tell apart. `in-use`: by another program, which Windows alone lets stand in the way.
 */
export type DiskTrouble = "full" | "not-writable" | "no-folder" | "too-long" | "in-use" | "failing";

const meanings: Readonly<Record<string, DiskTrouble>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  SQLITE_FULL: "full",
  EROFS: "not-writable",
  EACCES: "not-writable",
  EPERM: "not-writable",
  SQLITE_READONLY: "not-writable",
  SQLITE_CANTOPEN: "not-writable",
  SQLITE_PERM: "not-writable",
  ENOTDIR: "no-folder",
  EEXIST: "no-folder",
  EISDIR: "no-folder",
  // Of a link that leads nowhere, as to a drive that is gone.
  ENOENT: "no-folder",
  ELOOP: "no-folder",
  ENODEV: "no-folder",
  ENXIO: "no-folder",
  // Node's own, for a path with a NUL in it.
  ERR_INVALID_ARG_VALUE: "no-folder",
  ENAMETOOLONG: "too-long",
  EBUSY: "in-use",
  ETXTBSY: "in-use",
  EIO: "failing",
  EFBIG: "failing",
  // Of a mount whose other end is gone.
  ESTALE: "failing",
  ENOTCONN: "failing",
  SQLITE_IOERR: "failing",
};

/** In the middle of a sentence. */
export const troubleInWords: Readonly<Record<DiskTrouble, string>> = {
  full: "the disk is full",
  "not-writable": "the folder cannot be written",
  "no-folder": "something that is no folder is in the way",
  "too-long": "a path there is longer than this system takes",
  "in-use": "another program has it open",
  failing: "the disk reported an error, or a file may not become larger",
};

const homeCodes = {
  full: "disk.full",
  "not-writable": "disk.read-only",
  "no-folder": "disk.read-only",
  "too-long": "disk.read-only",
  "in-use": "disk.in-use",
  failing: "disk.failing",
} as const satisfies Record<DiskTrouble, ErrorCode>;

/** Null for what is no trouble of the disk's. */
export function diskTroubleOf(thrown: unknown): DiskTrouble | null {
  const code = codeOf(thrown);
  // SQLite's codes go on with what it was about: SQLITE_IOERR_WRITE.
  const known = /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code;
  return Object.hasOwn(meanings, known) ? meanings[known]! : null;
}

/** The coded error for the home and what lies in it; what is no trouble of the disk's, as it is. */
export function codedHomeError(thrown: unknown, path: string): unknown {
  const trouble = diskTroubleOf(thrown);
  return trouble === null ? thrown : new StrataError(homeCodes[trouble], { path }, { cause: thrown });
}

/** The same for weights, states and pictures that were being written; what anything but the system threw, as it is. */
export function codedWriteError(
  thrown: unknown,
  path: string,
  code: "weights.not-written" | "checkpoint.not-written" | "data.not-written" = "weights.not-written",
): unknown {
  const trouble = diskTroubleOf(thrown);
  if (trouble === null && !isOfSystem(thrown)) return thrown;
  // Neither room nor rights would mend these.
  if (trouble === "too-long") return new StrataError("disk.path-too-long", { path }, { cause: thrown });
  if (trouble === "in-use") return codedHomeError(thrown, path);
  const problem = trouble === null ? (thrown as Error).message : troubleInWords[trouble];
  return new StrataError(code, { problem, path }, { cause: thrown });
}

/** The same for a folder that a person named, to be read. */
export function codedFolderError(thrown: unknown, path: string): unknown {
  const trouble = diskTroubleOf(thrown);
  const options = { cause: thrown };
  if (codeOf(thrown) === "ENOTDIR") return new StrataError("data.not-a-folder", { path }, options);
  if (trouble === "not-writable") return new StrataError("data.no-permission", { path }, options);
  if (trouble === "too-long") return new StrataError("disk.path-too-long", { path }, options);
  if (trouble === "failing") return new StrataError("disk.failing", { path }, options);
  return isOfSystem(thrown) || trouble !== null ? new StrataError("data.not-found", { path }, options) : thrown;
}

/** Only calls of the system carry this. */
function isOfSystem(thrown: unknown): boolean {
  return thrown instanceof Error && "syscall" in thrown;
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
}
