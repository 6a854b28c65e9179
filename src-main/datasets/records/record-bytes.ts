/** Rows of files of records. They come one after another, so a block is read at a time and kept. */
import { stat } from "node:fs/promises";
import { StrataError } from "../../contract/errors.ts";
import { inTime, noAnswer } from "../../platform/in-time.ts";
import { type Container, type Place, wholeFile } from "../containers/container.ts";
import { answered, type ReadBytes, readPart } from "../containers/read-place.ts";
import { unpacked } from "../containers/unpacked.ts";
import type { PictureProblemFound } from "../pictures/open-picture.ts";

const blockBytes = 2 ** 20;
/** The header's, and those of a few files that are read side by side. */
const mostBlocks = 4;
const blocks = new Map<string, Uint8Array>();

/** Where a file can be read from its middle: as it is, or once it is unpacked. @throws what `unpacked` does */
export async function plainPlace(container: Container, file: string): Promise<Place | PictureProblemFound> {
  const place = await container.find(file);
  if ("code" in place) return place;
  const isGzipped = file.toLowerCase().endsWith(".gz");
  return isGzipped || place.inflatedBytes !== null ? wholeFile(await unpacked(place, isGzipped)) : place;
}

export async function placeBytes(place: Place): Promise<number> {
  return place.storedBytes ?? (await inTime(place.path, () => stat(place.path))).size - place.start;
}

export async function readRow(place: Place, from: number, length: number): Promise<ReadBytes> {
  return answered(async () => {
    const { size, mtimeMs } = await inTime(place.path, () => stat(place.path));
    const all = place.storedBytes ?? size - place.start;
    if (from + length > all) return { code: "truncated" };
    const key = [place.path, size, mtimeMs, place.start].join("\0");
    const kept = found(key, from, length);
    if (kept) return kept;
    const read = await readPart(place, from, Math.min(all - from, Math.max(length, blockBytes)));
    if (read === "no-answer" || "code" in read) return read;
    keep(`${key}\0${from}`, read);
    return read.slice(0, length);
  });
}

function found(key: string, from: number, length: number): Uint8Array | null {
  for (const [name, block] of blocks) {
    const end = name.lastIndexOf("\0");
    const start = Number(name.slice(end + 1));
    if (name.slice(0, end) === key && from >= start && from + length <= start + block.length)
      return block.slice(from - start, from - start + length);
  }
  return null;
}

function keep(name: string, block: Uint8Array): void {
  blocks.delete(name);
  blocks.set(name, block);
  for (const oldest of [...blocks.keys()].slice(0, -mostBlocks)) blocks.delete(oldest);
}

/** A whole small file, or a part of one, that the understanding of the rest needs. @throws StrataError `data.file-damaged`, `file.no-answer` */
export async function needed(file: string, place: Place, read: Promise<ReadBytes>): Promise<Uint8Array> {
  const bytes = await read;
  if (bytes === "no-answer") throw noAnswer(place.path);
  if ("code" in bytes) throw fileDamaged(file, "it ends early or cannot be read", place.path);
  return bytes;
}

export function fileDamaged(name: string, problem: string, path: string): StrataError {
  return new StrataError("data.file-damaged", { name, problem, path });
}
