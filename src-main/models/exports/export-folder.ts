/** A folder of exported weights, written beside its place and put there when it is whole. */
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import { makeFolder } from "../../platform/make-folder.ts";

/**
 * @param folder absent, or empty
 * @param write puts files into the folder that it is given
 * @returns what was written
 * @throws StrataError `export.exists`; the file system's own errors, and whatever `write` throws: nothing is left behind then
 */
export function writeFolder(
  folder: string,
  write: (into: string) => void,
): readonly { readonly name: string; readonly bytes: number }[] {
  const place = resolve(folder);
  if (isTaken(place)) throw new StrataError("export.exists", { path: place });
  const beside = `${place}.${randomUUID()}.partial`;
  makeFolder(dirname(place));
  mkdirSync(beside);
  try {
    write(beside);
    const files = readdirSync(beside)
      .sort()
      .map((name) => ({ name, bytes: statSync(join(beside, name)).size }));
    renameSync(beside, place);
    return files;
  } catch (thrown) {
    rmSync(beside, { recursive: true, force: true });
    throw thrown;
  }
}

function isTaken(place: string): boolean {
  const found = statSync(place, { throwIfNoEntry: false });
  return found !== undefined && !(found.isDirectory() && readdirSync(place).length === 0);
}
