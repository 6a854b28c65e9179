/**
 * Tar by its headers, which are read once; files lie between them as they are. Read here, since the package for it reads streams alone and tells no places.
 * POSIX pax and GNU. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html
 */
import type { FileHandle } from "node:fs/promises";
import { StrataError } from "../../contract/errors.ts";
import { inTime } from "../../platform/in-time.ts";
import { openRegularFileBeside } from "../../platform/open-regular-file.ts";
import { createEntries } from "./archive.ts";
import { nameOfBytes } from "./archive-names.ts";
import type { Container } from "./container.ts";

const blockBytes = 512;
/** Names and their like, told before the file that they are of. */
const mostMetadataBytes = 2 ** 20;

interface TarHeader {
  readonly name: string;
  readonly bytes: number;
  readonly type: string;
  readonly linkTarget: string;
}
interface TarEntry {
  readonly start: number;
  readonly bytes: number;
}

/** @param place where the archive itself stands @param path of it, for messages @throws StrataError `archive.damaged`, `archive.outside`, `archive.too-many`, `file.*` */
export async function openTar(place: string, path = place): Promise<Container> {
  const entries = createEntries<TarEntry>(path);
  await inTime(place, async (answered) => {
    const { file, bytes: archiveBytes } = await openRegularFileBeside(place);
    await using _ = file;
    let at = 0;
    let told: TarTold = {};
    while (at + blockBytes <= archiveBytes) {
      const block = await readAt(file, at, blockBytes);
      answered();
      if (block.every((byte) => byte === 0)) break;
      const header = headerOf(block);
      if (header === null)
        throw damaged(at === 0 ? "it does not begin as a tar" : `nothing begins at byte ${at}`, path);
      const start = at + blockBytes;
      const name = told.name ?? header.name;
      const bytes = told.bytes ?? header.bytes;
      at = start + Math.ceil(bytes / blockBytes) * blockBytes;
      if (isMetadata(header.type)) {
        if (bytes > mostMetadataBytes || start + bytes > archiveBytes) throw damaged("a name in it does not end", path);
        told = { ...told, ...metadataOf(header.type, await readAt(file, start, bytes)) };
        continue;
      }
      const linkTarget = told.linkTarget ?? header.linkTarget;
      told = {};
      if (header.type === "5" || (isFile(header.type) && name.endsWith("/"))) continue;
      if (isLink(header.type)) entries.leaveOutLink(name, { path: linkTarget, isFromTop: header.type === "1" });
      else if (!isFile(header.type))
        entries.leaveOut(name, header.type === "S" ? "unknown-compression" : "link-in-archive");
      else if (start + bytes > archiveBytes) entries.leaveOut(name, "truncated");
      else entries.add(name, { start, bytes });
    }
  });
  return entries.container(async ({ start, bytes }) => ({
    path: place,
    start,
    storedBytes: bytes,
    inflatedBytes: null,
    checksum: null,
  }));
}

function damaged(problem: string, path: string): StrataError {
  return new StrataError("archive.damaged", { problem, path });
}

async function readAt(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, start);
  return bytes.subarray(0, bytesRead);
}

/** Whether a block begins a tar; a checksum of its own says it. */
export function isTarHeader(block: Buffer): boolean {
  return block.length >= blockBytes && headerOf(block.subarray(0, blockBytes)) !== null;
}

/** Null where the checksum is another. */
function headerOf(block: Buffer): TarHeader | null {
  if (block.length < blockBytes) return null;
  let sum = 0;
  for (const [index, byte] of block.entries()) sum += index >= 148 && index < 156 ? 32 : byte;
  if (numberOf(block.subarray(148, 156)) !== sum) return null;
  const bytes = numberOf(block.subarray(124, 136));
  if (bytes === null) return null;
  const prefix = block.toString("latin1", 257, 262) === "ustar" && block[263] === 48 ? textOf(block, 345, 500) : "";
  const base = textOf(block, 0, 100);
  const type = block.toString("latin1", 156, 157);
  return {
    name: prefix === "" ? base : `${prefix}/${base}`,
    bytes: hasNoBytes(type) ? 0 : bytes,
    type,
    linkTarget: textOf(block, 157, 257),
  };
}

/** Links and devices have no bytes, whatever their header says. */
const hasNoBytes = (type: string) => /^[1-6]$/.test(type);
/** A hard one and a symbolic one. */
const isLink = (type: string) => type === "1" || type === "2";
const isFile = (type: string) => type === "0" || type === "\0" || type === "7";
/** Of the file that follows: `x` of pax, `L` and `K` of GNU; `g` is about all that follow. */
const isMetadata = (type: string) => /^[xgLKXNV]$/.test(type);

function textOf(block: Buffer, from: number, to: number): string {
  const end = block.indexOf(0, from);
  return nameOfBytes(block.subarray(from, end >= from && end < to ? end : to));
}

/** Octal digits; or, where the first bit is set, bytes of a number. */
function numberOf(field: Buffer): number | null {
  if ((field[0]! & 0x80) === 0) {
    const digits = /^[ \0]*([0-7]*)[ \0]*/.exec(field.toString("latin1"))?.[1] ?? "";
    return Number.parseInt(digits || "0", 8);
  }
  const number = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, field[0]! & 0x7f);
  return Number.isSafeInteger(number) ? number : null;
}

/** What is told before a file, in place of what its header says. */
interface TarTold {
  readonly name?: string;
  readonly bytes?: number;
  readonly linkTarget?: string;
}

function metadataOf(type: string, body: Buffer): TarTold {
  if (type === "L") return { name: textOf(body, 0, body.length) };
  if (type === "K") return { linkTarget: textOf(body, 0, body.length) };
  return type === "x" ? paxOf(body) : {};
}

/** Lines as in `27 path=a/longer/name.png`, each beginning with its own length. */
function paxOf(body: Buffer): TarTold {
  const told: { -readonly [field in keyof TarTold]: TarTold[field] } = {};
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(32, at);
    const length = Number(body.toString("latin1", at, space));
    if (space < 0 || !Number.isInteger(length) || length < 5 || at + length > body.length) return told;
    const line = body.subarray(space + 1, at + length - 1);
    const equals = line.indexOf(61);
    const [key, value] = [line.toString("latin1", 0, equals), line.subarray(equals + 1)];
    if (key === "path") told.name = nameOfBytes(value);
    if (key === "linkpath") told.linkTarget = nameOfBytes(value);
    const size = Number(value.toString("latin1"));
    if (key === "size" && Number.isSafeInteger(size) && size >= 0) told.bytes = size;
    at += length;
  }
  return told;
}
