/** One level of folders, for choosing one, or a file in one, in a browser, which cannot see this machine's disk itself. Above Windows' drives is none. */
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type BrowsedFiles, browsedEndings, type FolderListing } from "../../contract/dataset.ts";
import { isLeftBehind } from "../../domain/file-names.ts";
import { codedFolderError } from "../../platform/disk-trouble.ts";
import { inTime } from "../../platform/in-time.ts";
import { personalPath } from "../../platform/paths.ts";

const soonMillis = 1_000;

/**
 * Folders in `path`, sorted by name, links to folders among them and hidden ones left out; the person's home for null. At the top of a Windows drive the
 * other drives stand before them. Files of the kind, by the ends of their names, too, with links among them; none where it is left out.
 * @throws StrataError `data.not-found`, `data.not-a-folder`, `data.no-permission`, `file.no-answer`
 */
export async function browseFolders(path: string | null, files?: BrowsedFiles): Promise<FolderListing> {
  const folder = personalPath(path ?? "~");
  const entries = await inTime(folder, () => readdir(folder, { withFileTypes: true })).catch((thrown: unknown) => {
    throw codedFolderError(thrown, folder);
  });
  const isWanted = ({ name }: Dirent) => files !== undefined && browsedEndings[files].test(name);
  const visible = entries.filter((entry) => !isLeftBehind(entry.name) && (!entry.isFile() || isWanted(entry)));
  const [drives, found] = await Promise.all([
    drivesBeside(folder, isFolderSoon),
    Promise.all(visible.map((entry) => lookAt(entry, join(folder, entry.name), isWanted(entry)))),
  ]);
  const inOrder = found
    .filter((one) => one !== null)
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: [...drives, ...inOrder.filter(({ bytes }) => bytes === null)].map(({ name, path: at }) => ({
      name,
      path: at,
    })),
    files: inOrder.flatMap(({ name, path: at, bytes }) => (bytes === null ? [] : [{ name, path: at, bytes }])),
  };
}

/** At the top of a Windows drive, the others that are there; elsewhere none. @param isThere whether a folder answers */
export async function drivesBeside(
  folder: string,
  isThere: (path: string) => Promise<boolean>,
): Promise<readonly { readonly name: string; readonly path: string }[]> {
  if (!/^[a-z]:\\$/i.test(folder)) return [];
  const letters = Array.from({ length: 26 }, (_, place) => String.fromCharCode(65 + place));
  const others = letters.map((letter) => `${letter}:\\`).filter((drive) => drive !== folder.toUpperCase());
  const there = await Promise.all(others.map(isThere));
  return others.filter((_, place) => there[place]).map((drive) => ({ name: drive, path: drive }));
}

/** A drive of a network that does not answer at once is one that is not there: nobody asked for it. */
function isFolderSoon(path: string): Promise<boolean> {
  const isFolder = stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return Promise.race([isFolder, pause(soonMillis, false, { ref: false })]);
}

/** Follows a link. `bytes` is null for a folder; null for what is neither a folder nor a wanted file, or is gone. */
async function lookAt(entry: Dirent, path: string, isWanted: boolean) {
  const { name } = entry;
  if (entry.isDirectory()) return { name, path, bytes: null };
  // A link to where nothing answers is left out, as one to nowhere.
  const target = await inTime(path, () => stat(path)).catch(() => null);
  if (target?.isDirectory()) return { name, path, bytes: null };
  return isWanted && target?.isFile() ? { name, path, bytes: target.size } : null;
}
