/** Archives written byte by byte, so that they can also be what no program writes. */
import { crc32, deflateRawSync } from "node:zlib";

export interface Packed {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As stated, where it is not the truth. */
  readonly statedBytes?: number;
  readonly method?: number;
  readonly isEncrypted?: boolean;
  /** Type and rights on Unix, as of a link. */
  readonly unixMode?: number;
  /** Bytes of the name, where it is not UTF-8. */
  readonly rawName?: Uint8Array;
  /** Shares the bytes of the first. */
  readonly isShared?: boolean;
}

/** Large ones stand in an archive many times. */
const checksums = new WeakMap<Uint8Array, number>();
const bodies = new WeakMap<Uint8Array, Buffer>();

function deflated(bytes: Uint8Array): Buffer {
  const body = bodies.get(bytes) ?? deflateRawSync(bytes);
  bodies.set(bytes, body);
  return body;
}

export const packed = (files: Readonly<Record<string, Uint8Array>>): readonly Packed[] =>
  Object.entries(files).map(([name, bytes]) => ({ name, bytes }));

/** @param isLarge with the end of zip64 @param before what stands before the archive, as of one that unpacks itself */
export function zip(files: readonly Packed[], { isLarge = false, before = new Uint8Array() } = {}): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const file of files) {
    const name = Buffer.from(file.rawName ?? Buffer.from(file.name));
    const method = file.method ?? 8;
    const body = method === 8 ? deflated(file.bytes) : Buffer.from(file.bytes);
    const checksum = checksums.get(file.bytes) ?? crc32(file.bytes);
    checksums.set(file.bytes, checksum);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(file.isEncrypted ? 1 : 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(checksum, 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(file.statedBytes ?? file.bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(0x031e, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE((((file.unixMode ?? 0o100644) << 16) | 0) >>> 0, 38);
    entry.writeUInt32LE(file.isShared ? 0 : at, 42);
    directory.push(entry, name);
    if (file.isShared) continue;
    const header = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), common, name, body]);
    pieces.push(header);
    at += header.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(0xffff, files.length), 8);
  end.writeUInt16LE(Math.min(0xffff, files.length), 10);
  end.writeUInt32LE(isLarge ? 0xffffffff : list.length, 12);
  end.writeUInt32LE(isLarge ? 0xffffffff : at, 16);
  return Buffer.concat([before, ...pieces, list, ...(isLarge ? [largeEnd(files.length, list.length, at)] : []), end]);
}

function largeEnd(count: number, listBytes: number, listAt: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(listBytes), 40);
  end.writeBigUInt64LE(BigInt(listAt), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(listAt + listBytes), 64);
  return end;
}

export interface TarFile extends Pick<Packed, "name" | "bytes" | "statedBytes"> {
  readonly type?: string;
  /** Where a link leads. */
  readonly linkTarget?: string;
}

/** POSIX; names that do not fit are told before the file, in the way of pax or of GNU. @param longNames by which of the two */
export function tar(files: readonly TarFile[], longNames: "pax" | "gnu" = "pax"): Buffer {
  const fitting = (text: string) => Buffer.from(text).subarray(0, 100).toString();
  const pieces = files.flatMap(({ name, linkTarget = "", ...file }) => [
    ...tarTold(name, longNames === "pax" ? "path" : "L"),
    ...tarTold(linkTarget, longNames === "pax" ? "linkpath" : "K"),
    tarMember({ ...file, name: fitting(name), linkTarget: fitting(linkTarget) }),
  ]);
  return Buffer.concat([...pieces, Buffer.alloc(1_024)]);
}

/** @param as a type of GNU, or a key of pax */
function tarTold(text: string, as: "path" | "linkpath" | "L" | "K"): readonly Buffer[] {
  if (Buffer.byteLength(text) <= 100) return [];
  if (as === "L" || as === "K") return [tarMember({ name: "told", bytes: Buffer.from(`${text}\0`), type: as })];
  const line = ` ${as}=${text}\n`;
  const length = Buffer.byteLength(line);
  const bytes = Buffer.from(`${length + String(length + 3).length}${line}`);
  return [tarMember({ name: "told", bytes, type: "x" })];
}

function tarMember({ name, bytes, statedBytes = bytes.length, type = "0", linkTarget = "" }: TarFile): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write("0000644\0", 100);
  // A size that does not fit into digits stands in bytes, with the first bit set.
  if (statedBytes < 8 ** 11) header.write(`${statedBytes.toString(8).padStart(11, "0")}\0`, 124);
  else {
    header[124] = 0x80;
    header.writeBigUInt64BE(BigInt(statedBytes), 128);
  }
  header.write("        ", 148);
  header.write(type, 156);
  header.write(linkTarget, 157, 100);
  header.write("ustar\0" + "00", 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return Buffer.concat([header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
}
