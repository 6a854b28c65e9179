/**
 * What is looked at in a runtime that this machine cannot load: Linux' on libraries that g++ makes here, told to be for another target or short of something;
 * a Mac's on libraries that are put together byte by byte.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../support/picture-folder.ts";

const root = join(import.meta.dirname, "..", "..");
// Plain JavaScript, which set-up has to be.
const { checkRuntime }: { checkRuntime(folder: string, target: string, definitions: string): void } = await import(
  join(root, "tools", "native", "check-runtime.mjs")
);
const definitions = join(root, "node_modules", "node-api-headers", "def");
const look = (folder: string, target: string) => () => checkRuntime(folder, target, definitions);

interface LinuxRuntime {
  /** C of the binding, and of the library that it is linked with and finds by this run path. */
  readonly binding: string;
  readonly library: string;
  readonly runPath: string;
}

const entry = "extern int napi_create_object(void), TF_Version(void);";
const whole: LinuxRuntime = {
  binding: `${entry} int napi_register_module_v1(void) { return napi_create_object() + TF_Version(); }`,
  library: '#include <stdlib.h>\nint TF_Version(void) { return atoi(getenv("A")); }',
  runPath: "$ORIGIN/tensorflow",
};

function makeLinuxRuntime(change: Partial<LinuxRuntime> = {}): string {
  const { binding, library, runPath } = { ...whole, ...change };
  const folder = temporaryFolder();
  mkdirSync(join(folder, "tensorflow"));
  const compile = (name: string, source: string, ...more: readonly string[]) => {
    writeFileSync(join(folder, "source.c"), source);
    const args = ["-shared", "-fPIC", "-o", join(folder, name), join(folder, "source.c"), ...more];
    execFileSync("gcc", args);
  };
  compile("tensorflow/libtf.so.2", library, "-Wl,-soname,libtf.so.2");
  compile("tfjs_binding.node", binding, join(folder, "tensorflow", "libtf.so.2"), `-Wl,-rpath,${runPath}`);
  return folder;
}

const hasCompiler =
  process.platform === "linux" && process.arch === "x64" && spawnSync("gcc", ["--version"]).status === 0;
describe.skipIf(!hasCompiler)("of Linux (needs gcc on a 64-bit PC)", () => {
  test("nothing is said of one whose every name is Node's, the system's or its library's", () => {
    expect(look(makeLinuxRuntime(), "linux-x64")).not.toThrow();
  });

  test.for<readonly [string, Partial<LinuxRuntime>, string]>([
    [
      "a name that nothing has",
      {
        binding: `${entry} int TF_Nowhere(void); int napi_register_module_v1(void) { return TF_Version() + TF_Nowhere(); }`,
      },
      "tfjs_binding.node asks for TF_Nowhere, which nothing there has",
    ],
    [
      "a name that nothing has, of its library's",
      { library: "int nowhere(void); int TF_Version(void) { return nowhere(); }" },
      "libtf.so.2 asks for nowhere",
    ],
    ["a name too many", { binding: `${whole.binding} void operator_new(void) {}` }, "exports operator_new"],
    [
      "a run path that leads nowhere",
      { runPath: "$ORIGIN/elsewhere" },
      "needs libtf.so.2, which is on none of its run paths",
    ],
  ])("%s is said", ([, change, message]) => {
    expect(look(makeLinuxRuntime(change), "linux-x64")).toThrow(message);
  });

  test("one for another processor is said", () => {
    expect(look(makeLinuxRuntime(), "linux-arm64")).toThrow("tfjs_binding.node is for x64");
  });
});

interface MacLibrary {
  readonly libraries: readonly string[];
  readonly exports: readonly string[];
  /** Names with the number of the library that they are asked of. */
  readonly imports: readonly (readonly [string, number])[];
}

const anywhere = 0xfe;
const macBinding: MacLibrary = {
  libraries: ["/usr/lib/libSystem.B.dylib", "@rpath/libtf.2.dylib"],
  exports: ["napi_register_module_v1", "_mh_dylib_header"],
  imports: [
    ["malloc", 1],
    ["TF_Version", 2],
    ["napi_create_object", anywhere],
  ],
};
const macLibrary: MacLibrary = { libraries: [], exports: ["TF_Version"], imports: [] };

/** The header, the commands, the table of symbols and their texts, as in mach-o/loader.h. */
function macBytes({ libraries, exports, imports }: MacLibrary, processor = 0x0100000c): Buffer {
  const padded = (text: string) => Buffer.from(text.padEnd(Math.ceil((text.length + 1) / 8) * 8, "\0"), "latin1");
  const command = (kind: number, words: readonly number[], text = Buffer.alloc(0)) => {
    const head = Buffer.alloc(8 + 4 * words.length);
    for (const [index, word] of [kind, head.length + text.length, ...words].entries())
      head.writeUInt32LE(word, 4 * index);
    return Buffer.concat([head, text]);
  };
  const names = [...exports.map((name) => [name, 0] as const), ...imports];
  const texts = Buffer.from(`\0${names.map(([name]) => `_${name}\0`).join("")}`, "latin1");
  const symbols = Buffer.alloc(16 * names.length);
  for (const [index, [name, library]] of names.entries()) {
    symbols.writeUInt32LE(texts.indexOf(`_${name}\0`), 16 * index);
    symbols.writeUInt16LE(library << 8, 16 * index + 6);
  }
  const before = [
    ...libraries.map((library) => command(0xc, [24, 0, 0, 0], padded(library))),
    command(0x8000001c, [12], padded("@loader_path/tensorflow")),
    command(0xb, [0, 0, 0, exports.length, exports.length, imports.length, ...Array<number>(12).fill(0)]),
  ];
  const commandBytes = before.reduce((sum, { length }) => sum + length, 0) + 24;
  const start = 32 + commandBytes;
  const commands = [...before, command(0x2, [start, names.length, start + symbols.length, texts.length])];
  const header = Buffer.alloc(32);
  for (const [index, word] of [0xfeedfacf, processor, 0, 6, commands.length, commandBytes].entries())
    header.writeUInt32LE(word, 4 * index);
  return Buffer.concat([header, ...commands, symbols, texts]);
}

function makeMacRuntime(binding: Partial<MacLibrary> = {}, processor?: number): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "tensorflow"));
  writeFileSync(join(folder, "tensorflow", "libtf.2.dylib"), macBytes(macLibrary, processor));
  writeFileSync(join(folder, "tfjs_binding.node"), macBytes({ ...macBinding, ...binding }));
  return folder;
}

describe("of macOS", () => {
  test("nothing is said of one whose every name is Node's, the system's or its library's", () => {
    expect(look(makeMacRuntime(), "darwin-arm64")).not.toThrow();
  });

  test.for<readonly [string, Partial<MacLibrary>, string]>([
    [
      "a name that its library lacks",
      { imports: [["TF_Nowhere", 2]] },
      "asks for TF_Nowhere, which @rpath/libtf.2.dylib does not",
    ],
    [
      "a name that the linker left to be found, and that is not Node's",
      { imports: [["malloc", anywhere]] },
      "asks for malloc",
    ],
    ["an operator that would stand in for others'", { exports: ["napi_register_module_v1", "_Znwm"] }, "exports _Znwm"],
    [
      "a library that is not there",
      { libraries: ["/usr/lib/libSystem.B.dylib", "@rpath/libgone.dylib"] },
      "needs @rpath/libgone.dylib",
    ],
  ])("%s is said", ([, change, message]) => {
    expect(look(makeMacRuntime(change), "darwin-arm64")).toThrow(message);
  });

  test("a library for another processor is said", () => {
    expect(look(makeMacRuntime({}, 0x01000007), "darwin-arm64")).toThrow("libtf.2.dylib is for x64");
  });

  test("a file that is none of its libraries is refused", () => {
    expect(look(makeLinuxLike(), "darwin-arm64")).toThrow("This is no Mac library");
  });
});

function makeLinuxLike(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "tfjs_binding.node"), Buffer.alloc(64));
  return folder;
}
