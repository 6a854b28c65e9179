/** One level of folders, for choosing one, or a file in one, in a browser, which cannot see this machine's disk itself. */
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type BrowsedFiles, browsedEndings, type FolderListing } from "../../contract/dataset.ts";
import { codedFolderError } from "../../platform/disk-trouble.ts";
import { inTime } from "../../platform/in-time.ts";
import { personalPath } from "../../platform/paths.ts";

/**
 * Folders in `path`, sorted by name, links to folders among them and hidden ones left out; the person's home for null. Files of the
 * kind, by the ends of their names, too, with links among them; none where it is left out.
 * @throws StrataError `data.not-found`, `data.not-a-folder`, `data.no-permission`, `file.no-answer`
 */
export async function browseFolders(path: string | null, files?: BrowsedFiles): Promise<FolderListing> {
  const folder = personalPath(path ?? "~");
  const entries = await inTime(folder, () => readdir(folder, { withFileTypes: true })).catch((thrown: unknown) => {
    throw codedFolderError(thrown, folder);
  });
  const isWanted = ({ name }: Dirent) => files !== undefined && browsedEndings[files].test(name);
  const visible = entries.filter((entry) => !entry.name.startsWith(".") && (!entry.isFile() || isWanted(entry)));
  const found = await Promise.all(visible.map((entry) => lookAt(entry, join(folder, entry.name), isWanted(entry))));
  const inOrder = found
    .filter((one) => one !== null)
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const parent = dirname(folder);
  return {
    path: folder,
    parent: parent === folder ? null : parent,
    folders: inOrder.filter(({ bytes }) => bytes === null).map(({ name, path: at }) => ({ name, path: at })),
    files: inOrder.flatMap(({ name, path: at, bytes }) => (bytes === null ? [] : [{ name, path: at, bytes }])),
  };
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
