/**
 * A file that lines are added to for ever: where it would become too large it is named `.1`, what had that name `.2`, and a new one begun. Several
 * processes may add to it.
 */
import { closeSync, constants, fstatSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { privateFileMode } from "./private.ts";

/** What stands there as a pipe is not waited for. */
const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NONBLOCK ?? 0);

/**
 * A line that cannot be written is lost, as are all where the file cannot be turned over.
 * @param filesKept the one that is written among them
 * @throws the file system's own errors, as it is opened
 */
export function openTurningFile(path: string, mostBytes: number, filesKept: number): { write(line: string): void } {
  let file = openSync(path, flags, privateFileMode);

  function turnOver(): void {
    // Unless another process did.
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) >= fstatSync(file).size)
      for (let number = filesKept - 1; number > 0; number--)
        moveIfThere(number === 1 ? path : `${path}.${number - 1}`, `${path}.${number}`);
    const next = openSync(path, flags, privateFileMode);
    closeSync(file);
    file = next;
  }

  return {
    write(line) {
      try {
        const bytes = fstatSync(file).size;
        if (bytes > 0 && bytes + Buffer.byteLength(line) > mostBytes) turnOver();
        writeSync(file, line);
      } catch {
        // A full disk, say: what is logged is worth no more than what it is about.
      }
    },
  };
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT")) throw thrown;
  }
}
