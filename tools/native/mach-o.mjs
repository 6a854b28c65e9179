/**
 * What a Mac's library offers and asks of others (the structures of Apple's mach-o/loader.h and nlist.h). 64-bit files for one processor alone. Names lose
 * the underscore that the compiler puts before them.
 */
import { inPieces, textIn } from "./pieces.mjs";

const PROCESSORS = { 16777228: "arm64", 16777223: "x64" };
const SYMBOLS = 0x2;
const DYNAMIC_SYMBOLS = 0xb;
const RUN_PATH = 0x8000001c;
/** Plain, weak, re-exported and upward. */
const LOADS = [0xc, 0x80000018, 0x8000001f, 0x80000023];
const WEAK_REFERENCE = 0x40;
/** In the place of a library's number: to be looked for in all that is loaded. */
const ANYWHERE = 0xfe;

/**
 * @param {string} path
 * @returns {import("./check-runtime.mjs").Image}
 */
export function readMachO(path) {
  return inPieces(path, (bytesAt) => {
    const header = bytesAt(0, 32);
    if (header.readUInt32LE(0) !== 0xfeedfacf) throw new Error(`This is no Mac library: ${path}`);
    const commands = commandsIn(bytesAt(32, header.readUInt32LE(20)), header.readUInt32LE(16));
    const bodies = (...kinds) => commands.filter(({ kind }) => kinds.includes(kind)).map(({ body }) => body);
    const textsOf = (...kinds) => bodies(...kinds).map((body) => textIn(body, body.readUInt32LE(8)));
    const libraries = textsOf(...LOADS);
    const [table] = bodies(SYMBOLS);
    const [parts] = bodies(DYNAMIC_SYMBOLS);
    if (!table || !parts) throw new Error(`This library has no table of names: ${path}`);
    const texts = bytesAt(table.readUInt32LE(16), table.readUInt32LE(20));
    const symbols = (first, count) => symbolsOf(bytesAt(table.readUInt32LE(8) + 16 * first, 16 * count), texts);
    const asked = symbols(parts.readUInt32LE(24), parts.readUInt32LE(28)).filter(({ isWeak }) => !isWeak);
    return {
      processor: PROCESSORS[header.readUInt32LE(4)] ?? "unknown",
      libraries,
      runPaths: textsOf(RUN_PATH),
      imports: asked.map(({ name, library }) => ({
        name,
        from: library === ANYWHERE ? null : (libraries[library - 1] ?? null),
      })),
      exports: new Set(symbols(parts.readUInt32LE(16), parts.readUInt32LE(20)).map(({ name }) => name)),
    };
  });
}

function commandsIn(bytes, count) {
  const commands = [];
  for (let at = 0; commands.length < count; ) {
    const length = bytes.readUInt32LE(at + 4);
    commands.push({ kind: bytes.readUInt32LE(at), body: bytes.subarray(at, at + length) });
    at += length;
  }
  return commands;
}

function symbolsOf(table, texts) {
  return Array.from({ length: table.length / 16 }, (_, index) => {
    const at = 16 * index;
    const description = table.readUInt16LE(at + 6);
    return {
      name: textIn(texts, table.readUInt32LE(at)).replace(/^_/, ""),
      isWeak: (description & WEAK_REFERENCE) !== 0,
      library: description >> 8,
    };
  });
}
