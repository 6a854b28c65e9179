/** Reads folders and follows symbolic links without ever going round in circles. What cannot be read is listed and left out. */
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import type { PictureProblem, PictureProblemCode } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { isLeftBehind } from "../../domain/file-names.ts";
import { inTime } from "../../platform/in-time.ts";
import { byEitherName, latinName, replacement } from "../../platform/latin-names.ts";

export interface RealFolder {
  /** Relative to the data set's folder with forward slashes; empty for that folder itself. */
  readonly name: string;
  readonly realPath: string;
  /** Real paths of the folders above it, on the way that led here. */
  readonly above: readonly string[];
}

export interface FolderContent {
  readonly folders: readonly RealFolder[];
  /** Names of files, like those of folders. */
  readonly files: readonly string[];
}

export interface FolderReader {
  /** Both lists in the order of their names. Hidden entries and what systems leave behind are passed over without a word. */
  list(folder: RealFolder): Promise<FolderContent>;
  /** The files under a folder at any depth. A real folder that two links lead to is walked once. */
  filesUnder(folder: RealFolder): Promise<readonly string[]>;
  readonly problems: readonly PictureProblem[];
}

export const folderPath = {
  join: (folder: string, name: string) => (folder === "" ? name : `${folder}/${name}`),
  base: (name: string) => name.slice(name.lastIndexOf("/") + 1),
  /** The folder that it lies in. */
  above: (name: string) => name.slice(0, Math.max(0, name.lastIndexOf("/"))),
};

export async function openFolder(path: string): Promise<RealFolder> {
  return { name: "", realPath: await inTime(path, () => realpath(path)), above: [] };
}

export function createFolderReader(): FolderReader {
  const problems: PictureProblem[] = [];
  const report = (code: PictureProblemCode, name: string) => problems.push({ code, name, isSkipped: true });

  async function list(folder: RealFolder): Promise<FolderContent> {
    const folders: RealFolder[] = [];
    const files: string[] = [];
    const above = [...folder.above, folder.realPath];
    for (const entry of await entriesOf(folder)) {
      const name = folderPath.join(folder.name, entry.name);
      if (entry.isFile()) files.push(name);
      else if (entry.isDirectory()) folders.push({ name, realPath: join(folder.realPath, entry.name), above });
      else {
        const target = await followLink(join(folder.realPath, entry.name));
        if (target.kind === "file") files.push(name);
        else if (target.kind === "problem") report(target.code, name);
        else if (above.includes(target.realPath)) report("link-loop", name);
        else folders.push({ name, realPath: target.realPath, above });
      }
    }
    return { folders, files };
  }

  async function entriesOf(folder: RealFolder) {
    try {
      const entries = await inTime(folder.realPath, () => byEitherName(folder.realPath, listed));
      return entries.filter(({ name }) => !isLeftBehind(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (thrown) {
      if (thrown instanceof StrataError) throw thrown;
      report("unreadable", folder.name);
      return [];
    }
  }

  async function filesUnder(folder: RealFolder): Promise<readonly string[]> {
    const files: string[] = [];
    const seen = new Set<string>();
    const waiting = [folder];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (seen.has(next.realPath)) continue;
      seen.add(next.realPath);
      const content = await list(next);
      for (const file of content.files) files.push(file);
      waiting.push(...content.folders.toReversed());
    }
    return files;
  }

  return { list, filesUnder, problems };
}

type Entry = Pick<Dirent, "name" | "isFile" | "isDirectory">;

async function listed(path: string | Buffer): Promise<readonly Entry[]> {
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.every(({ name }) => !name.includes(replacement))) return entries;
  const asBytes = await readdir(path, { withFileTypes: true, encoding: "buffer" });
  return asBytes.map((entry) => ({
    name: latinName(entry.name),
    isFile: () => entry.isFile(),
    isDirectory: () => entry.isDirectory(),
  }));
}

type LinkTarget =
  | { readonly kind: "file" }
  | { readonly kind: "folder"; readonly realPath: string }
  | { readonly kind: "problem"; readonly code: "link-loop" | "unreadable" };

/** Also for what is neither file nor folder (a pipe, a device): reading one could wait for ever. */
async function followLink(path: string): Promise<LinkTarget> {
  try {
    const target = await inTime(path, () => byEitherName(path, (at) => stat(at)));
    if (target.isFile()) return { kind: "file" };
    if (target.isDirectory()) return { kind: "folder", realPath: await inTime(path, () => realpath(path)) };
    return { kind: "problem", code: "unreadable" };
  } catch (thrown) {
    if (thrown instanceof StrataError) throw thrown;
    const cause = (thrown as NodeJS.ErrnoException).code; // node:fs throws nothing else
    return { kind: "problem", code: cause === "ELOOP" || cause === "ENOENT" ? "link-loop" : "unreadable" };
  }
}
