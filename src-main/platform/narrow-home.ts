/**
 * What lies in the home from before Strata kept it for the person alone, or was copied there since. Only what is Strata's own and belongs to this person is
 * narrowed, and no link is followed: the home may be a folder in which other things lie, whose mode is not ours to choose. Windows knows no such modes.
 */
import { chmodSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { privateFileMode, privateFolderMode } from "./private.ts";

const ownNames = /^(strata(\.|-damaged-).*|serve\.json.*|weights|checkpoints|backups|pictures|archives|window)$/;

/** What cannot be looked at or changed stays as it is. */
export function narrowHome(home: string): void {
  if (process.platform === "win32") return;
  const names = namesIn(home);
  const own = names.filter((name) => ownNames.test(name));
  for (const name of own) narrow(join(home, name));
  if (own.length > 0 && own.length === names.length) narrowOne(home);
}

function narrow(path: string): void {
  if (narrowOne(path) === "folder") for (const name of namesIn(path)) narrow(join(path, name));
}

function narrowOne(path: string): "folder" | "file" | null {
  try {
    const found = lstatSync(path);
    const isFolder = found.isDirectory();
    if (!(isFolder || found.isFile()) || found.uid !== process.getuid?.()) return null;
    const mode = found.mode & 0o777 & (isFolder ? privateFolderMode : privateFileMode);
    if ((found.mode & 0o777) !== mode) chmodSync(path, mode);
    return isFolder ? "folder" : "file";
  } catch {
    return null;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
