/** Pieces of a file too large to be read whole: TensorFlow's libraries are most of a gigabyte. */
import { closeSync, openSync, readSync } from "node:fs";

/**
 * @template T
 * @param {string} path
 * @param {(bytesAt: (offset: number, length: number) => Buffer) => T} read is handed zeros for what lies behind the file's end
 * @returns {T}
 */
export function inPieces(path, read) {
  const file = openSync(path, "r");
  try {
    return read((offset, length) => {
      const buffer = Buffer.alloc(length);
      readSync(file, buffer, 0, length, offset);
      return buffer;
    });
  } finally {
    closeSync(file);
  }
}

/** The text that begins there in a table of texts that end with a zero. */
export function textIn(table, at) {
  return table.toString("latin1", at, table.indexOf(0, at));
}
