/** A folder of exported weights, whole or not there. */
import { mkdirSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import { atomically } from "../../platform/atomically.ts";
import { makeFolder } from "../../platform/make-folder.ts";
import { refuseLostNames } from "../../platform/refuse-lost-names.ts";

/**
 * @param folder absent, or empty
 * @param write puts files into the folder that it is given
 * @returns what was written
 * @throws StrataError `export.exists`, `disk.reserved-name`; the file system's own errors, and whatever `write` throws: nothing is left behind then
 */
export function writeFolder(
  folder: string,
  write: (into: string) => void,
): readonly { readonly name: string; readonly bytes: number }[] {
  const place = resolve(folder);
  refuseLostNames(place);
  if (isTaken(place)) throw new StrataError("export.exists", { path: place });
  makeFolder(dirname(place));
  return atomically(place, (beside) => {
    mkdirSync(beside);
    write(beside);
    return readdirSync(beside)
      .sort()
      .map((name) => ({ name, bytes: statSync(join(beside, name)).size }));
  });
}

function isTaken(place: string): boolean {
  const found = statSync(place, { throwIfNoEntry: false });
  return found !== undefined && !(found.isDirectory() && readdirSync(place).length === 0);
}
