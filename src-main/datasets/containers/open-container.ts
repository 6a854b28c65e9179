/** A path that a person names → what pictures are read from: by the bytes of a file, never by its name. */
import { accessSync, type Stats, statSync } from "node:fs";
import { access, constants, readdir, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import { codedFolderError } from "../../platform/disk-trouble.ts";
import { inTime } from "../../platform/in-time.ts";
import { openRegularFileBeside } from "../../platform/open-regular-file.ts";
import { readInTime } from "../../platform/watched-reads.ts";
import { isListName } from "../readings/lists/list-rows.ts";
import { isPickle } from "../records/pickles.ts";
import { recordFormatOf } from "../records/records.ts";
import { treeOf } from "./archive-names.ts";
import { type Container, wholeFile } from "./container.ts";
import { openFolderContainer } from "./folder.ts";
import { isTarHeader, openTar } from "./tar.ts";
import { unpacked } from "./unpacked.ts";
import { openZip } from "./zip.ts";

const headBytes = 1_024;

/** The one used last in this thread: pictures come in a stream from one archive, and its list of files is read once. */
let latest: { readonly key: string; readonly container: Promise<Container> } | null = null;

/**
 * A file that changed is opened anew.
 * @throws StrataError `data.not-found`, `data.not-a-folder`, `data.no-permission`, `archive.*`, `file.no-answer`
 */
export async function openContainer(source: string): Promise<Container> {
  const path = resolve(source);
  const found = await coded(path, () => readInTime(path, { atOnce: () => statSync(path), beside: () => stat(path) }));
  if (found.isDirectory()) {
    const mode = constants.R_OK | constants.X_OK;
    await coded(path, () =>
      readInTime(path, { atOnce: () => accessSync(path, mode), beside: () => access(path, mode) }),
    );
    return openFolderContainer(path);
  }
  const key = keyOf(path, found);
  if (latest?.key !== key) latest = { key, container: openFile(path) };
  const { container } = latest;
  container.catch(() => {
    if (latest?.container === container) latest = null;
  });
  return container;
}

/** What is at a place, as far as it can be told without reading it. */
function keyOf(path: string, { dev, ino, size, mtimeMs }: Stats): string {
  return [path, dev, ino, size, mtimeMs].join("\0");
}

async function coded<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw thrown instanceof StrataError ? thrown : codedFolderError(thrown, path);
  }
}

async function openFile(path: string): Promise<Container> {
  const head = await coded(path, () => inTime(path, () => readHead(path)));
  const kind = kinds.find(({ test }) => test(head));
  return (kind?.open ?? openCompanions)(path);
}

async function readHead(path: string): Promise<Buffer> {
  const { file } = await openRegularFileBeside(path);
  await using _ = file;
  const head = Buffer.alloc(headBytes);
  return head.subarray(0, (await file.read(head, 0, headBytes, 0)).bytesRead);
}

interface FileKind {
  readonly test: (head: Buffer) => boolean;
  readonly open: (path: string) => Promise<Container>;
}

const starts = (text: string) => (head: Buffer) => head.toString("latin1", 0, text.length) === text;

/** It is said what they are, and what to do. */
const notOpened = (format: string, start: string): FileKind => ({
  test: starts(start),
  open: async (path) => {
    throw new StrataError("archive.unknown-kind", { format, path });
  },
});

/** Nothing is read from the middle of what gzip compressed. */
async function openGzip(path: string): Promise<Container> {
  const plain = await unpacked(wholeFile(path), true);
  if (!isTarHeader(await coded(plain, () => inTime(plain, () => readHead(plain))))) return openCompanions(path);
  const container = await openTar(plain, path);
  const find = async (name: string) => {
    // It may have been deleted meanwhile, as anything of a cache.
    await unpacked(wholeFile(path), true);
    return container.find(name);
  };
  return { ...container, find };
}

/** A file of records with those beside it that belong to the same data set. */
async function openCompanions(path: string): Promise<Container> {
  const chosen = basename(path);
  // A list is read with the folder that it lies in; which list is meant, the reading says.
  if (isListName(chosen)) return openFolderContainer(dirname(path));
  const format = recordFormatOf(chosen);
  if (!format) throw new StrataError("data.not-a-folder", { path });
  const folder = dirname(path);
  const names = await coded(folder, () => inTime(folder, () => readdir(folder)));
  const files = names.filter((name) => name === chosen || format.isCompanion(chosen, name));
  return { ...openFolderContainer(folder), list: async () => ({ tree: treeOf(files), problems: [] }) };
}

const kinds: readonly FileKind[] = [
  { test: isTarHeader, open: openTar },
  { test: starts("\x1f\x8b"), open: openGzip },
  { test: (head) => starts("PK\x03\x04")(head) || starts("PK\x05\x06")(head), open: openZip },
  {
    test: isPickle,
    open: async (path) => {
      throw new StrataError("data.pickle", { name: basename(path), path });
    },
  },
  notOpened("7-Zip", "7z\xbc\xaf\x27\x1c"),
  notOpened("RAR", "Rar!\x1a\x07"),
  notOpened("xz", "\xfd7zXZ\0"),
  notOpened("bzip2", "BZh"),
  notOpened("Zstandard", "\x28\xb5\x2f\xfd"),
];
