/**
 * Files that are named from outside. What stands there may be a pipe, a device or a folder, or become one between a look and the opening. So a file is
 * opened without waiting for anybody, is asked what it is by its handle, and no more of it is read than it had then.
 */
import { closeSync, constants, fstatSync, openSync, type Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { StrataError } from "../contract/errors.ts";
import { byEitherName, byEitherNameAtOnce } from "./latin-names.ts";
import { readExactly } from "./read-exactly.ts";

/** A pipe opens at once even where nobody writes to it, and no terminal becomes this process' own. Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** For the caller to close. `bytes`: what it had when it was opened. */
export interface RegularFile<F> {
  readonly file: F;
  readonly bytes: number;
}

/** @throws StrataError `file.not-regular`; the file system's own errors */
export function openRegularFile(path: string): RegularFile<number> {
  let file: number;
  try {
    file = byEitherNameAtOnce(path, (at) => openSync(at, flags));
  } catch (thrown) {
    throw codedOpenError(thrown, path);
  }
  try {
    return { file, bytes: bytesOf(fstatSync(file), path) };
  } catch (thrown) {
    closeSync(file);
    throw thrown;
  }
}

/** The same beside whatever else the process does. @throws StrataError `file.not-regular`; the file system's own errors */
export async function openRegularFileBeside(path: string): Promise<RegularFile<FileHandle>> {
  const file = await byEitherName(path, (at) => open(at, flags)).catch((thrown: unknown) => {
    throw codedOpenError(thrown, path);
  });
  try {
    return { file, bytes: bytesOf(await file.stat(), path) };
  } catch (thrown) {
    await file.close();
    throw thrown;
  }
}

/** The whole file; null where it has more than `mostBytes`, or was cut meanwhile. @throws StrataError `file.not-regular`; the file system's own errors */
export function readRegularFile(path: string, mostBytes: number): Uint8Array<ArrayBuffer> | null {
  const { file, bytes } = openRegularFile(path);
  try {
    return bytes > mostBytes ? null : readExactly(file, 0, bytes);
  } finally {
    closeSync(file);
  }
}

function bytesOf(found: Stats, path: string): number {
  if (!found.isFile()) throw new StrataError("file.not-regular", { what: kindOf(found), path });
  return found.size;
}

function kindOf(found: Stats): string {
  if (found.isDirectory()) return "folder";
  if (found.isFIFO()) return "pipe";
  return "device";
}

/** What cannot even be opened: a socket, a device that is not there; on Windows, a folder. */
function codedOpenError(thrown: unknown, path: string): unknown {
  const cause = (thrown as NodeJS.ErrnoException).code; // node:fs throws nothing else
  if (cause === "EISDIR") return new StrataError("file.not-regular", { what: "folder", path }, { cause: thrown });
  if (cause !== "ENXIO" && cause !== "ENODEV") return thrown;
  return new StrataError("file.not-regular", { what: "socket or device", path }, { cause: thrown });
}
