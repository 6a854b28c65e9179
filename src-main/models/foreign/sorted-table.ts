/**
 * LevelDB's sorted table, as TensorFlow writes the index of a checkpoint: blocks of entries, a block that lists them, and a footer.
 *
 *     block    entries, the places where a key stands whole (u32 each), their count (u32), then a type (0: not compressed) and a checksum
 *     entry    bytes shared with the key before, bytes of its own, bytes of its value (varints), then these bytes
 *     footer   two handles (offset and size as varints) filled up to 40 bytes, and a magic number; the second is of the list of blocks
 *
 * Believed in nothing: every offset is checked against the file, every block against its checksum. A few bytes of it may stand for much: a key goes on from
 * the one before, and a block may be named more than once. So the length and number of keys are bounded, and no byte of the file is read twice.
 */
import { maskedCrc32c } from "../../platform/crc32c.ts";
import type { Bytes } from "../../tensorflow/protobuf/read-message.ts";

const footerBytes = 48;
const magic = 0xdb4775248b80fb57n;
const trailerBytes = 5;
/** Variables of the largest network here: some two thousand, with names of some fifty bytes. */
const mostKeys = 20_000;
const mostKeyBytes = 1_024;

/** Values by key, in the order of the file. @throws Error saying what does not add up */
export function readSortedTable(file: Bytes): Map<string, Bytes> {
  if (file.length < footerBytes) throw new Error(`its index has ${file.length} bytes, fewer than its footer takes`);
  const footer = file.subarray(file.length - footerBytes);
  if (viewOf(footer).getBigUint64(40, true) !== magic) throw new Error("its index is no sorted table");
  const cursor = new Cursor(footer);
  cursor.handle(); // of a block about blocks, which TensorFlow leaves empty
  const found = new Map<string, Bytes>();
  let bytesLeft = file.length;
  const blockOf = (handle: Handle): Bytes => {
    bytesLeft -= handle.size + trailerBytes;
    if (bytesLeft < 0) throw new Error("its index names a block twice");
    return blockAt(file, handle);
  };
  for (const [, handle] of entriesOf(blockOf(cursor.handle()))) {
    for (const [key, value] of entriesOf(blockOf(new Cursor(handle).handle()))) {
      const text = new TextDecoder().decode(key);
      if (found.has(text)) throw new Error(`its index has ${JSON.stringify(text.slice(0, 100))} twice`);
      found.set(text, value);
      if (found.size > mostKeys) throw new Error(`its index has more than ${mostKeys} keys`);
    }
  }
  return found;
}

interface Handle {
  readonly offset: number;
  readonly size: number;
}

function blockAt(file: Bytes, { offset, size }: Handle): Bytes {
  const end = offset + size + trailerBytes;
  if (end > file.length - footerBytes) throw new Error(`its index has a block that would end at byte ${end}`);
  const block = file.subarray(offset, offset + size);
  const trailer = file.subarray(offset + size, end);
  if (trailer[0] !== 0) throw new Error("its index is compressed");
  if (viewOf(trailer).getUint32(1, true) !== maskedCrc32c(block, trailer.subarray(0, 1)))
    throw new Error("its index does not have the checksum that it states");
  return block;
}

function* entriesOf(block: Bytes): Generator<readonly [key: Uint8Array, value: Bytes]> {
  if (block.length < 4) throw new Error("its index has a block without an end");
  const restarts = viewOf(block).getUint32(block.length - 4, true);
  const end = block.length - 4 - 4 * restarts;
  if (end < 0) throw new Error(`its index has a block of ${restarts} restarts in ${block.length} bytes`);
  const cursor = new Cursor(block.subarray(0, end));
  let before: Uint8Array = new Uint8Array();
  while (!cursor.isAtEnd) {
    const [shared, own, size] = [cursor.varint(), cursor.varint(), cursor.varint()];
    if (shared > before.length) throw new Error("its index has a key that goes on from nothing");
    if (shared + own > mostKeyBytes) throw new Error(`its index has a key of more than ${mostKeyBytes} bytes`);
    const key = new Uint8Array(shared + own);
    key.set(before.subarray(0, shared));
    key.set(cursor.take(own), shared);
    yield [key, cursor.take(size)];
    before = key;
  }
}

class Cursor {
  readonly #bytes: Bytes;
  #at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  take(count: number): Bytes {
    if (this.#at + count > this.#bytes.length) throw new Error("its index ends within an entry");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  /** Of seven bytes at most, which are more than any file needs and less than a number loses. */
  varint(): number {
    let value = 0;
    for (let factor = 1; factor < 2 ** 49; factor *= 128) {
      const byte = this.take(1)[0]!;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
    throw new Error("its index has a number that no file could need");
  }

  handle(): Handle {
    return { offset: this.varint(), size: this.varint() };
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
