/** What a Linux library offers and asks of others (https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html). 64-bit little-endian files alone. */
import { inPieces, textIn } from "./pieces.mjs";

const PROCESSORS = { 62: "x64", 183: "arm64" };
/** Types of sections, and tags of the dynamic section. */
const DYNAMIC = 6;
const SYMBOLS = 11;
const NEEDED_VERSIONS = 0x6ffffffe;
const VERSIONS = 0x6fffffff;
const NEEDED = 1;
const RUN_PATHS = [15, 29];
const WEAK = 2;

/**
 * @param {string} path
 * @returns {import("./check-runtime.mjs").Image} `from` is known where a name carries a version of a library's
 */
export function readElf(path) {
  return inPieces(path, (bytesAt) => {
    const header = bytesAt(0, 64);
    if (header.readUInt32BE(0) !== 0x7f454c46 || header[4] !== 2) throw new Error(`This is no Linux library: ${path}`);
    const sections = sectionsOf(header, bytesAt);
    const contentOf = (section) => (section ? bytesAt(section.offset, section.bytes) : Buffer.alloc(0));
    const find = (type) => sections.find((section) => section.type === type);
    const textsOf = (section) => contentOf(section && sections[section.link]);
    const dynamic = dynamicOf(contentOf(find(DYNAMIC)), textsOf(find(DYNAMIC)));
    const librariesByVersion = versionsOf(contentOf(find(NEEDED_VERSIONS)), textsOf(find(NEEDED_VERSIONS)));
    const symbols = symbolsOf(contentOf(find(SYMBOLS)), textsOf(find(SYMBOLS)), contentOf(find(VERSIONS)));
    const asked = symbols.filter(({ isDefined, isWeak }) => !isDefined && !isWeak);
    return {
      processor: PROCESSORS[header.readUInt16LE(18)] ?? "unknown",
      libraries: dynamic.filter(({ tag }) => tag === NEEDED).map(({ text }) => text),
      runPaths: dynamic.filter(({ tag }) => RUN_PATHS.includes(tag)).flatMap(({ text }) => text.split(":")),
      imports: asked.map(({ name, version }) => ({ name, from: librariesByVersion.get(version) ?? null })),
      exports: new Set(symbols.filter(({ isDefined }) => isDefined).map(({ name }) => name)),
    };
  });
}

function sectionsOf(header, bytesAt) {
  const count = header.readUInt16LE(60);
  const table = bytesAt(Number(header.readBigUInt64LE(40)), 64 * count);
  return Array.from({ length: count }, (_, index) => {
    const at = 64 * index;
    return {
      type: table.readUInt32LE(at + 4),
      offset: Number(table.readBigUInt64LE(at + 24)),
      bytes: Number(table.readBigUInt64LE(at + 32)),
      link: table.readUInt32LE(at + 40),
    };
  });
}

function dynamicOf(table, texts) {
  const entries = Array.from({ length: table.length / 16 }, (_, index) => ({
    tag: Number(table.readBigInt64LE(16 * index)),
    value: Number(table.readBigUInt64LE(16 * index + 8)),
  }));
  const named = entries.filter(({ tag }) => tag === NEEDED || RUN_PATHS.includes(tag));
  return named.map(({ tag, value }) => ({ tag, text: textIn(texts, value) }));
}

/** Which library each number of a version belongs to. */
function versionsOf(table, texts) {
  const libraries = new Map();
  for (let at = 0, next = table.length > 0; next; ) {
    const library = textIn(texts, table.readUInt32LE(at + 4));
    let version = at + table.readUInt32LE(at + 8);
    for (let left = table.readUInt16LE(at + 2); left > 0; left--) {
      libraries.set(table.readUInt16LE(version + 6), library);
      version += table.readUInt32LE(version + 12);
    }
    const bytes = table.readUInt32LE(at + 12);
    at += bytes;
    next = bytes > 0;
  }
  return libraries;
}

function symbolsOf(table, texts, versions) {
  const symbols = Array.from({ length: table.length / 24 }, (_, index) => {
    const at = 24 * index;
    return {
      name: textIn(texts, table.readUInt32LE(at)),
      isWeak: (table[at + 4] ?? 0) >> 4 === WEAK,
      isDefined: table.readUInt16LE(at + 6) !== 0,
      version: versions.length > 0 ? versions.readUInt16LE(2 * index) & 0x7fff : 0,
    };
  });
  // The first is always empty.
  return symbols.slice(1).filter(({ name }) => name !== "");
}
