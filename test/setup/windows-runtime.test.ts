/** What Windows' runtime is made with: the reader of import tables, against a library that is made here byte by byte; and the stand-in for Python's. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const tool = (name: string) => join(import.meta.dirname, "..", "..", "tools", "native", name);
// Plain JavaScript, which set-up has to be.
const { importsOf }: { importsOf(path: string): Map<string, string[]> } = await import(tool("pe-imports.mjs"));
const { standInSource }: { standInSource(names: readonly string[]): string } = await import(tool("windows.mjs"));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-pe-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A library with one section, at address 0x2000 and offset 0x400, that asks python311.dll for two names and for one by its number. */
function library(): Buffer {
  const file = Buffer.alloc(0x800);
  file.write("MZ", 0, "latin1");
  file.writeUInt32LE(0x80, 0x3c);
  file.write("PE\0\0", 0x80, "latin1");
  file.writeUInt16LE(1, 0x86); // sections
  file.writeUInt16LE(240, 0x94); // bytes of the optional header
  file.writeUInt16LE(0x20b, 0x98);
  file.writeUInt32LE(0x2000, 0x98 + 120); // import table
  const section = 0x98 + 240;
  file.writeUInt32LE(0x2000, section + 12);
  file.writeUInt32LE(0x400, section + 16);
  file.writeUInt32LE(0x400, section + 20);
  file.writeUInt32LE(0x2100, 0x400); // its list of names
  file.writeUInt32LE(0x2080, 0x400 + 12); // its own name
  file.write("python311.dll\0", 0x480, "latin1");
  for (const [index, entry] of [0x2180n, (1n << 63n) | 7n, 0x21c0n].entries())
    file.writeBigUInt64LE(entry, 0x500 + 8 * index);
  file.write("Py_IncRef\0", 0x582, "latin1");
  file.write("PyExc_ValueError\0", 0x5c2, "latin1");
  return file;
}

test("names are read out of a library's import table", () => {
  const path = join(folder, "some.dll");
  writeFileSync(path, library());
  expect([...importsOf(path)]).toEqual([["python311.dll", ["Py_IncRef", "PyExc_ValueError"]]]);
});

test("a file that is no Windows library is refused", () => {
  const path = join(folder, "some.dll");
  writeFileSync(path, Buffer.alloc(200));
  expect(() => importsOf(path)).toThrow("no Windows library");
});

test("of Python's names the objects are data and the rest are functions that end the process", () => {
  const names = ["Py_IncRef", "PyExc_ValueError", "_Py_NoneStruct", "PyType_Type", "PyType_Ready"];
  const exported = standInSource(names)
    .split("\n")
    .filter((line) => line.startsWith("__declspec"));
  expect(exported).toEqual([
    '__declspec(dllexport) void Py_IncRef(void) { stop("Py_IncRef"); }',
    "__declspec(dllexport) char PyExc_ValueError[1024];",
    "__declspec(dllexport) char _Py_NoneStruct[1024];",
    "__declspec(dllexport) char PyType_Type[1024];",
    '__declspec(dllexport) void PyType_Ready(void) { stop("PyType_Ready"); }',
  ]);
});
