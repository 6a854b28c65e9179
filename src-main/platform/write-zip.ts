/**
 * Writes zip files, the counterpart of `datasets/containers/zip.ts`: parts are added one after another, from memory (deflated) or from a file (as it is, so
 * that it can be read from its place). Without the extensions for what is larger than 4 GiB. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";
import { setImmediate as othersTurn } from "node:timers/promises";
import { crc32, deflateRawSync } from "node:zlib";
import { privateFileMode } from "./private.ts";
import { writeAll } from "./write-all.ts";

export interface WrittenPart {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface ZipWriter {
  addBytes(name: string, bytes: Uint8Array): WrittenPart;
  addFile(name: string, path: string): Promise<WrittenPart>;
  /** Writes the list of files. @returns bytes of the whole */
  end(): number;
  /** To be called whatever happened. */
  close(): void;
}

const mostBytes = 2 ** 32 - 1;
const pieceBytes = 2 ** 20;
/** Names are UTF-8. */
const flags = 0x0800;
/** 1980-01-01: when it was packed is nobody's business. */
const date = 0x0021;

interface Entry {
  readonly name: Buffer;
  readonly method: 0 | 8;
  readonly checksum: number;
  readonly storedBytes: number;
  readonly bytes: number;
  readonly at: number;
}

/** @param path where nothing is @throws RangeError for more than 4 GiB; the file system's own errors */
export function openZipWriter(path: string): ZipWriter {
  const file = openSync(path, "wx", privateFileMode);
  const entries: Entry[] = [];
  let at = 0;
  const write = (bytes: Uint8Array): void => {
    if (at + bytes.length > mostBytes) throw new RangeError("A zip file of this kind has 4 GiB at most.");
    writeAll(file, bytes);
    at += bytes.length;
  };
  return {
    addBytes(name, bytes) {
      const body = deflateRawSync(bytes);
      const sizes = { checksum: crc32(bytes), storedBytes: body.length, bytes: bytes.length };
      const entry: Entry = { name: Buffer.from(name), method: 8, ...sizes, at };
      write(headerOf(entry));
      write(body);
      entries.push(entry);
      return { name, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    },
    async addFile(name, from) {
      const begin: Entry = { name: Buffer.from(name), method: 0, checksum: 0, storedBytes: 0, bytes: 0, at };
      write(headerOf(begin));
      const { checksum, bytes, sha256 } = await copied(from, write);
      const entry: Entry = { ...begin, checksum, storedBytes: bytes, bytes };
      // Only now is known what stands in front of it.
      writeSync(file, headerOf(entry), 0, undefined, entry.at);
      entries.push(entry);
      return { name, bytes, sha256 };
    },
    end() {
      const listAt = at;
      for (const entry of entries) write(listedOf(entry));
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x0605_4b50, 0);
      end.writeUInt16LE(entries.length, 8);
      end.writeUInt16LE(entries.length, 10);
      end.writeUInt32LE(at - listAt, 12);
      end.writeUInt32LE(listAt, 16);
      write(end);
      return at;
    },
    close: () => closeSync(file),
  };
}

/** Piece by piece; others have their turn between. */
async function copied(from: string, write: (bytes: Uint8Array) => void) {
  const source = openSync(from, "r");
  try {
    const hash = createHash("sha256");
    const { size } = fstatSync(source);
    let checksum = 0;
    let bytes = 0;
    for (let read = -1; bytes < size && read !== 0; bytes += read) {
      const piece = new Uint8Array(Math.min(pieceBytes, size - bytes));
      read = readSync(source, piece, 0, piece.length, bytes);
      const got = piece.subarray(0, read);
      checksum = crc32(got, checksum);
      hash.update(got);
      write(got);
      await othersTurn();
    }
    return { checksum, bytes, sha256: hash.digest("hex") };
  } finally {
    closeSync(source);
  }
}

/** What header and list have in common. */
function commonOf({ name, method, checksum, storedBytes, bytes }: Entry): Buffer {
  const common = Buffer.alloc(26);
  // The version that it takes to read it: 2.0.
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(flags, 2);
  common.writeUInt16LE(method, 4);
  common.writeUInt16LE(date, 8);
  common.writeUInt32LE(checksum, 10);
  common.writeUInt32LE(storedBytes, 14);
  common.writeUInt32LE(bytes, 18);
  common.writeUInt16LE(name.length, 22);
  return common;
}

function headerOf(entry: Entry): Buffer {
  return Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), commonOf(entry), entry.name]);
}

function listedOf(entry: Entry): Buffer {
  const listed = Buffer.alloc(46);
  listed.writeUInt32LE(0x0201_4b50, 0);
  listed.writeUInt16LE(20, 4);
  commonOf(entry).copy(listed, 6);
  listed.writeUInt32LE(entry.at, 42);
  return Buffer.concat([listed, entry.name]);
}
