/**
 * What a Windows library asks of others: the names in its import table (https://learn.microsoft.com/windows/win32/debug/pe-format). 64-bit files alone.
 * Read in pieces, since TensorFlow's is a gigabyte.
 */
import { closeSync, openSync, readSync } from "node:fs";

const IMPORT_TABLE = 1;
const ORDINAL = 1n << 63n;

/** @returns {Map<string, string[]>} names by library */
export function importsOf(path) {
  const file = openSync(path, "r");
  try {
    return read(file);
  } finally {
    closeSync(file);
  }
}

function read(file) {
  const bytesAt = (offset, length) => {
    const buffer = Buffer.alloc(length);
    readSync(file, buffer, 0, length, offset);
    return buffer;
  };
  const header = bytesAt(0, 64).readUInt32LE(0x3c);
  const coff = bytesAt(header, 24);
  if (coff.readUInt32LE(0) !== 0x4550) throw new Error("This is no Windows library.");
  const optionalBytes = coff.readUInt16LE(20);
  const optional = bytesAt(header + 24, optionalBytes);
  if (optional.readUInt16LE(0) !== 0x20b) throw new Error("This is no 64-bit Windows library.");
  const sections = sectionsOf(bytesAt(header + 24 + optionalBytes, 40 * coff.readUInt16LE(6)));
  const offsetOf = (address) => {
    const section = sections.find(({ start, bytes }) => address >= start && address < start + bytes);
    if (!section) throw new Error("An address in the import table lies outside the file.");
    return section.offset + address - section.start;
  };
  const textAt = (address) => {
    const text = bytesAt(offsetOf(address), 512);
    return text.toString("latin1", 0, text.indexOf(0));
  };
  const imports = new Map();
  const table = offsetOf(optional.readUInt32LE(112 + 8 * IMPORT_TABLE));
  for (let at = table; ; at += 20) {
    const entry = bytesAt(at, 20);
    const name = entry.readUInt32LE(12);
    if (name === 0) return imports;
    imports.set(textAt(name), namesOf(offsetOf(entry.readUInt32LE(0) || entry.readUInt32LE(16)), bytesAt, textAt));
  }
}

function sectionsOf(table) {
  return Array.from({ length: table.length / 40 }, (_, index) => {
    const at = 40 * index;
    return {
      start: table.readUInt32LE(at + 12),
      bytes: table.readUInt32LE(at + 16),
      offset: table.readUInt32LE(at + 20),
    };
  });
}

function namesOf(offset, bytesAt, textAt) {
  const names = [];
  for (let at = offset; ; at += 8) {
    const entry = bytesAt(at, 8).readBigUInt64LE(0);
    if (entry === 0n) return names;
    // Before the name stand two bytes with a guess of its place.
    if ((entry & ORDINAL) === 0n) names.push(textAt(Number(entry) + 2));
  }
}
