/** One level of folders, for choosing one in a browser, which cannot see this machine's disk itself. */
import { readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { FolderListing } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";

/**
 * Folders in `path`, sorted by name, links to folders among them and hidden ones left out; the person's home for null.
 * @throws StrataError `data.not-found`, `data.not-a-folder`, `data.no-permission`
 */
export async function browseFolders(path: string | null): Promise<FolderListing> {
  const folder = resolve(path ?? homedir());
  const entries = await readdir(folder, { withFileTypes: true }).catch((thrown: unknown) => {
    throw codedFolderError(thrown, folder);
  });
  const visible = entries.filter((entry) => !entry.name.startsWith("."));
  const isFolder = await Promise.all(
    visible.map(async (entry) => {
      if (!entry.isSymbolicLink()) return entry.isDirectory();
      const target = await stat(join(folder, entry.name)).catch(() => null);
      return target?.isDirectory() ?? false;
    }),
  );
  const folders = visible
    .filter((_, index) => isFolder[index])
    .map(({ name }) => ({ name, path: join(folder, name) }))
    .sort((a, b) => a.name.localeCompare(b.name, "en", { numeric: true }));
  const parent = dirname(folder);
  return { path: folder, parent: parent === folder ? null : parent, folders };
}

function codedFolderError(thrown: unknown, path: string): unknown {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : null;
  const options = { cause: thrown };
  if (code === "ENOENT") return new StrataError("data.not-found", { path }, options);
  if (code === "ENOTDIR") return new StrataError("data.not-a-folder", { path }, options);
  if (code === "EACCES" || code === "EPERM") return new StrataError("data.no-permission", { path }, options);
  return thrown;
}
