/**
 * Zip by its central directory, so that any file in it is read without the others. Read here rather than by a package: those that there are ask the disk
 * twice for every entry, in every thread, where one read of the directory tells all. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import type { FileHandle } from "node:fs/promises";
import type { PictureProblemCode } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { inTime, noAnswer } from "../../platform/in-time.ts";
import { openRegularFileBeside } from "../../platform/open-regular-file.ts";
import { type ArchiveEntries, createEntries, mostEntries, refuseBomb } from "./archive.ts";
import { nameOfBytes } from "./archive-names.ts";
import type { Container, Place } from "./container.ts";
import { readPlace } from "./read-place.ts";

interface ZipEntry {
  readonly bytes: number;
  readonly storedBytes: number;
  /** Of its own header, which stands before its bytes. */
  readonly headerAt: number;
  readonly isDeflated: boolean;
  readonly checksum: number;
}

const endBytes = 22;
const mostCommentBytes = 0xffff;
const entryBytes = 46;
const headerBytes = 30;
/** Of a million entries with long names. */
const mostDirectoryBytes = 2 ** 28;
/** More than any system takes for the path that a link leads to. */
const mostTargetBytes = 2 ** 14;
const unknownHere = 0xffff_ffff;

/**
 * @param options of two files of one name the later is taken, as other programs do, unless none may repeat
 * @throws StrataError `archive.damaged`, `archive.bomb`, `archive.outside`, `archive.too-many`, `file.*`
 */
export async function openZip(path: string, { mayRepeat = true } = {}): Promise<Container> {
  const { directory, count, shift, bytes } = await inTime(path, () => readDirectory(path));
  const entries = createEntries<ZipEntry>(path);
  const links: { readonly rawName: string; readonly entry: ZipEntry }[] = [];
  let at = 0;
  let listed = 0;
  let storedBytes = 0;
  let unpackedBytes = 0;
  while (at + entryBytes <= directory.length && directory.readUInt32LE(at) === 0x0201_4b50) {
    const nameEnd = at + entryBytes + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    if (extraEnd > directory.length) throw damaged("its list of files ends early", path);
    const extra = directory.subarray(nameEnd, extraEnd);
    const rawName = nameOf(directory.subarray(at + entryBytes, nameEnd), extra);
    const entry = entryAt(directory, at, extra, shift);
    const refused = refusalOf(directory, at, entry, bytes);
    at = extraEnd + directory.readUInt16LE(at + 32);
    listed += 1;
    if (rawName.endsWith("/") || rawName.endsWith("\\")) continue;
    if (refused === "link") links.push({ rawName, entry });
    else if (refused) entries.leaveOut(rawName, refused);
    else if (!entries.add(rawName, entry) && !mayRepeat) throw damaged("two of its files have one name", path);
    storedBytes += entry.storedBytes;
    unpackedBytes += entry.bytes;
  }
  // Programs that know no zip64 count on from 0 after 65,535, or no further.
  const isAll = listed % 0x1_0000 === count % 0x1_0000 || (count === 0xffff && listed > count);
  if (!isAll) throw damaged("its list of files ends early", path);
  // Files that share their bytes come to many times what is there, with an honest ratio each.
  if (storedBytes > bytes) throw new StrataError("archive.bomb", { storedBytes: bytes, unpackedBytes, path });
  refuseBomb(bytes, unpackedBytes, path);
  for (const { rawName, entry } of links) await leaveOutLink(path, entries, rawName, entry);
  return entries.container((entry) => placeOf(path, entry));
}

/** Where a link of a zip leads are the bytes of its file. One that does not tell it leads nowhere. */
async function leaveOutLink(path: string, entries: ArchiveEntries<ZipEntry>, rawName: string, entry: ZipEntry) {
  const place = await inTime(path, () => placeOf(path, entry));
  const target = "code" in place ? place : await readPlace(place, mostTargetBytes);
  if (target === "no-answer") throw noAnswer(path);
  entries.leaveOutLink(rawName, { path: "code" in target ? "" : nameOfBytes(target), isFromTop: false });
}

function damaged(problem: string, path: string): StrataError {
  return new StrataError("archive.damaged", { problem, path });
}

/** The list of all files at the end, and how far everything is moved by what stands before the archive. */
async function readDirectory(path: string) {
  const { file, bytes } = await openRegularFileBeside(path);
  await using _ = file;
  const tailBytes = Math.min(bytes, endBytes + mostCommentBytes);
  const tail = await readAt(file, bytes - tailBytes, tailBytes, path);
  const end = tail.lastIndexOf("PK\x05\x06", tailBytes - endBytes, "latin1");
  if (end < 0) throw damaged("its end is missing, as after a download that broke off", path);
  const endAt = bytes - tailBytes + end;
  const large = await readLargeEnd(file, endAt, path);
  const directoryBytes = large?.bytes ?? tail.readUInt32LE(end + 12);
  const statedAt = large?.at ?? tail.readUInt32LE(end + 16);
  const count = large?.count ?? tail.readUInt16LE(end + 10);
  const shift = (large?.endAt ?? endAt) - directoryBytes - statedAt;
  if (directoryBytes > mostDirectoryBytes) throw new StrataError("archive.too-many", { most: mostEntries, path });
  // Also of one that is spread over several files.
  if (shift < 0) throw damaged("its list of files is not where it should be", path);
  return { directory: await readAt(file, statedAt + shift, directoryBytes, path), count, shift, bytes };
}

const largeEndBytes = 56;
const locatorBytes = 20;

/** Zip64, for what is larger than the numbers of old. */
async function readLargeEnd(file: FileHandle, endAt: number, path: string) {
  const locatorAt = endAt - locatorBytes;
  if (locatorAt < largeEndBytes) return null;
  const locator = await readAt(file, locatorAt, locatorBytes, path);
  if (locator.readUInt32LE(0) !== 0x0706_4b50) return null;
  // Where something stands before the archive the place that is stated is wrong; as a rule it ends where its locator begins.
  for (const largeEndAt of [Number(locator.readBigUInt64LE(8)), locatorAt - largeEndBytes]) {
    if (largeEndAt + largeEndBytes > locatorAt) continue;
    const end = await readAt(file, largeEndAt, largeEndBytes, path);
    if (end.readUInt32LE(0) !== 0x0606_4b50) continue;
    const [count = 0, bytes = 0, at = 0] = [32, 40, 48].map((offset) => Number(end.readBigUInt64LE(offset)));
    return { endAt: largeEndAt, count, bytes, at };
  }
  throw damaged("its list of files is not where it should be", path);
}

async function readAt(file: FileHandle, start: number, length: number, path: string): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = length === 0 ? { bytesRead: 0 } : await file.read(bytes, 0, length, start);
  if (bytesRead !== length) throw damaged("it was cut while it was read", path);
  return bytes;
}

function entryAt(directory: Buffer, at: number, extra: Buffer, shift: number): ZipEntry {
  const numbers = [24, 20, 42].map((offset) => directory.readUInt32LE(at + offset));
  // Those that did not fit stand one after another in a field of their own.
  const large = extraField(extra, 0x0001);
  let next = 0;
  const [bytes = 0, storedBytes = 0, headerAt = 0] = numbers.map((number) => {
    if (number !== unknownHere || !large || next + 8 > large.length) return number;
    next += 8;
    return Number(large.readBigUInt64LE(next - 8));
  });
  const isDeflated = directory.readUInt16LE(at + 10) === 8;
  return { bytes, storedBytes, headerAt: headerAt + shift, isDeflated, checksum: directory.readUInt32LE(at + 16) };
}

function extraField(extra: Buffer, kind: number): Buffer | null {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2))
    if (extra.readUInt16LE(at) === kind) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  return null;
}

/** Some programs write the name in UTF-8 once more beside the one in the code page of their machine. */
function nameOf(name: Buffer, extra: Buffer): string {
  const unicode = extraField(extra, 0x7075);
  return nameOfBytes(unicode && unicode.length > 5 ? unicode.subarray(5) : name);
}

const unixFile = 0o10;
const unixLink = 0o12;

/** Why a file is not used, by what the list alone says of it. */
function refusalOf(directory: Buffer, at: number, entry: ZipEntry, bytes: number): PictureProblemCode | "link" | null {
  const isEncrypted = (directory.readUInt16LE(at + 8) & 1) === 1;
  const method = directory.readUInt16LE(at + 10);
  // 3: written on Unix, with the kind of file in the upper half. Zero where the program did not say.
  const kind = directory.readUInt8(at + 5) === 3 ? directory.readUInt16LE(at + 40) >> 12 : 0;
  if (kind === unixLink) return "link";
  if (kind !== 0 && kind !== unixFile) return "link-in-archive";
  if (isEncrypted) return "encrypted";
  if (method !== 0 && method !== 8) return "unknown-compression";
  return entry.headerAt + headerBytes + entry.storedBytes > bytes ? "truncated" : null;
}

/** Its own header comes first, with a name and fields that may be longer than those in the list. */
async function placeOf(path: string, entry: ZipEntry): Promise<Place | { readonly code: "unreadable" }> {
  const { file } = await openRegularFileBeside(path);
  await using _ = file;
  const header = Buffer.alloc(headerBytes);
  const { bytesRead } = await file.read(header, 0, headerBytes, entry.headerAt);
  if (bytesRead !== headerBytes || header.readUInt32LE(0) !== 0x0403_4b50) return { code: "unreadable" };
  const start = entry.headerAt + headerBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  const { storedBytes, checksum } = entry;
  return { path, start, storedBytes, inflatedBytes: entry.isDeflated ? entry.bytes : null, checksum };
}
