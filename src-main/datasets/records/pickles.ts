/** Python's own files. Opening one can run any program that its writer wished, so none is opened; which one it was, and what to take instead, is said. */
import { StrataError } from "../../contract/errors.ts";
import type { Container } from "../containers/container.ts";
import { readPart, readPlace } from "../containers/read-place.ts";
import { folderPath } from "../formats/folder-reader.ts";
import { type FolderTree, filesUnder } from "../readings/folder-tree.ts";

const named = /\.(pkl|pickle|npy|npz|pt|pth)$/i;
const mostLookedAt = 50;
const mostPackedBytes = 2 ** 28;

/** By the bytes: protocols 2 to 5 say themselves what they are, and so do NumPy's objects, which are pickles inside. */
export function isPickle(head: Buffer): boolean {
  if (head[0] === 0x80 && head[1]! >= 2 && head[1]! <= 5) return true;
  return head.toString("latin1", 0, 6) === "\x93NUMPY" && /'descr':\s*'\|O/.test(head.toString("latin1", 0, 256));
}

/** @throws StrataError `data.pickle` where there is one */
export async function refusePickles(container: Container, tree: FolderTree, path: string): Promise<void> {
  const files = filesUnder(tree).filter((file) => named.test(file) || !folderPath.base(file).includes("."));
  for (const file of files.slice(0, mostLookedAt)) {
    const place = await container.find(file);
    if ("code" in place) continue;
    const bytes = place.inflatedBytes === null ? await readPart(place, 0, 2) : await readPlace(place, mostPackedBytes);
    const isOne = bytes !== "no-answer" && !("code" in bytes) && isPickle(Buffer.from(bytes));
    if (isOne || /\.(pkl|pickle)$/i.test(file)) throw new StrataError("data.pickle", { name: file, path });
  }
}
