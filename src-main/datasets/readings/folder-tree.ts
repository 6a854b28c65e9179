/** All folders and files under a folder, read once: what every reading of it is made from. */

import { createFolderReader, folderPath, openFolder, type RealFolder } from "../formats/folder-reader.ts";
import type { OpenOptions } from "../open-options.ts";

export interface FolderTree {
  /** Relative to the data set's folder with forward slashes; empty for that folder itself. */
  readonly name: string;
  /** The last part of the name, in Unicode's composed form: the same word typed on two systems is one class. */
  readonly base: string;
  readonly folders: readonly FolderTree[];
  /** Files that stand in it directly, named like folders. */
  readonly files: readonly string[];
  /** Files in it and below that may be pictures, by their names' ends. */
  readonly pictures: number;
}

/** Ends of names that no picture has. What has another end, or none, may be one: its bytes decide. */
const otherEnds = new Set([
  ...["txt", "csv", "tsv", "json", "jsonl", "xml", "html", "htm", "md", "rst", "yaml", "yml", "toml", "ini", "cfg"],
  ...["log", "py", "ipynb", "r", "m", "js", "ts", "sh", "bat", "exe", "dll", "doc", "docx", "xls", "xlsx", "ppt"],
  ...["pptx", "zip", "tar", "gz", "tgz", "bz2", "xz", "7z", "rar", "db", "sqlite", "npy", "npz", "mat", "h5", "hdf5"],
  ...["pkl", "pickle", "pt", "pth", "onnx", "safetensors", "parquet", "arrow", "bin", "dat", "mp4", "avi", "mov"],
  ...["mp3", "wav", "lnk", "url", "license"],
]);

export function mayBePicture(file: string): boolean {
  const base = folderPath.base(file);
  const end = base.includes(".") ? base.slice(base.lastIndexOf(".") + 1).toLowerCase() : "";
  return (
    !otherEnds.has(end) && !/idx[13][-_.]ubyte$/i.test(base) && !/^(readme|licen[cs]e|changelog|makefile)$/i.test(base)
  );
}

/** Folders as well as files are counted, so that a disk full of folders ends too. */
const mostEntries = 5_000_000;

/** The tree, and what in it cannot be read. Below each folder at the top a folder that two links lead to is walked once. */
export async function readFolderTree(path: string, { signal, onProgress }: OpenOptions) {
  const reader = createFolderReader();
  let entries = 0;

  async function walk(folder: RealFolder, seen: Set<string> | null): Promise<FolderTree> {
    signal?.throwIfAborted();
    const content = await reader.list(folder);
    entries += content.files.length + content.folders.length;
    if (entries > mostEntries) throw new RangeError(`More than ${mostEntries} files and folders`);
    onProgress?.(0, null);
    const folders: FolderTree[] = [];
    for (const inner of content.folders) {
      const walked = seen ?? new Set([folder.realPath]);
      if (walked.has(inner.realPath)) continue;
      walked.add(inner.realPath);
      folders.push(await walk(inner, seen ?? walked));
    }
    const own = content.files.filter(mayBePicture).length;
    return {
      name: folder.name,
      base: folderPath.base(folder.name).normalize("NFC"),
      folders,
      files: content.files,
      pictures: folders.reduce((sum, inner) => sum + inner.pictures, own),
    };
  }

  const tree = await walk(await openFolder(path), null);
  return { tree, problems: reader.problems };
}

/** In the order of a walk: a folder's own files before those of the folders in it. */
export function filesUnder(tree: FolderTree): readonly string[] {
  const files: string[] = [];
  const waiting = [tree];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    for (const file of next.files) files.push(file);
    waiting.push(...next.folders.toReversed());
  }
  return files;
}

/** The folders in it that hold pictures at any depth. */
export function filledFolders({ folders }: FolderTree): readonly FolderTree[] {
  return folders.filter(({ pictures }) => pictures > 0);
}

/** Files directly in it that may be pictures. */
export function looseFiles({ files }: FolderTree): readonly string[] {
  return files.filter(mayBePicture);
}

export function isUnder(name: string, folder: string): boolean {
  return name === folder || name.startsWith(`${folder}/`);
}
