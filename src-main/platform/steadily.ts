/**
 * Renaming and removing on Windows, where a virus scanner, an indexer or a file window may hold what has just been written for a moment, and where nothing
 * is renamed onto a folder. Elsewhere the first try says how it is.
 */
import { existsSync, renameSync, rmdirSync, rmSync, statSync } from "node:fs";

/** What the file system does, so that a test can hold something open. */
export interface FileSystem {
  readonly isWindows: boolean;
  rename(from: string, to: string): void;
  remove(path: string): void;
  wait(millis: number): void;
}

const systemFiles: FileSystem = {
  isWindows: process.platform === "win32",
  rename: (from, to) => renameSync(from, to),
  remove: (path) => rmSync(path, { recursive: true, force: true }),
  wait: (millis) => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, millis),
};

/** As Windows has it while somebody holds a file; `ENOTEMPTY` of a folder in which one is still going. */
const passing = new Set(["EBUSY", "EPERM", "EACCES", "ENOTEMPTY"]);
/** Longer than scanners take as a rule; all together nobody waits for more than a second. */
const pausesMillis = [10, 40, 100, 250, 500];

/** Gives a file or a folder its name, in place of a file or of an empty folder. @throws the file system's own errors */
export function renameSteadily(from: string, to: string, files = systemFiles): void {
  // One that holds something is not removed, and that is the error.
  if (existsSync(to) && statSync(to).isDirectory() && statSync(from).isDirectory()) rmdirSync(to);
  steadily(() => files.rename(from, to), files);
}

/** Removes a file or a folder with what is in it, if it is there. @throws the file system's own errors */
export function removeSteadily(path: string, files = systemFiles): void {
  steadily(() => files.remove(path), files);
}

function steadily(deed: () => void, { isWindows, wait }: FileSystem): void {
  for (let tries = 0; ; tries++) {
    try {
      deed();
      return;
    } catch (thrown) {
      const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
      const pause = pausesMillis[tries];
      if (!isWindows || !passing.has(code) || pause === undefined) throw thrown;
      wait(pause);
    }
  }
}
