/**
 * What Windows needs beside TensorFlow's own library: a library of Node's names to link with, and one in the place of Python's. TensorFlow's asks for
 * python311.dll, since it is made for Python; nothing of it is called from C, so that a stand-in with its names suffices, which says so and ends if that
 * should ever be wrong.
 */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { SetUpProblem } from "../set-up/problem.mjs";
import { importsOf } from "./pe-imports.mjs";

const PYTHON = "python311.dll";
/** Names of Python's that are no functions: types, exceptions and the few objects that there is one of (https://docs.python.org/3.11/c-api). */
const DATA = /^(PyExc_\w+|_?Py\w+_Type|_Py_\w+Struct|_Py_EllipsisObject|Py_\w+Flag)$/;

/** Windows looks for a library's own libraries in the folder that it lies in: all lie flat beside the binding. @param {string[]} paths */
export function layFlat(folder, paths) {
  for (const path of paths) renameSync(join(folder, path), join(folder, basename(path)));
}

/** Made before the binding is linked. @returns {Promise<string>} the library of Node's names */
export async function makeNodeLibrary(zig, folder, definitions) {
  const library = join(folder, "node.lib");
  await orProblem(zig.makeImportLibrary(join(definitions, "node_api.def"), library), "Node's names for Windows");
  return library;
}

export async function makePythonStandIn(zig, folder, library) {
  const imports = importsOf(join(folder, library));
  const names = [...imports].find(([name]) => name.toLowerCase() === PYTHON)?.[1] ?? [];
  if (names.length === 0) return;
  const source = join(folder, "python-stand-in.c");
  writeFileSync(source, standInSource(names));
  const args = ["-shared", "-O2", "-s", "-o", join(folder, PYTHON), source];
  await orProblem(zig.compileC(args), "the stand-in for Python's library");
  rmSync(source);
}

/** C of a library with these names. @param {readonly string[]} names */
export function standInSource(names) {
  const lines = names.map((name) =>
    DATA.test(name)
      ? `__declspec(dllexport) char ${name}[1024];`
      : `__declspec(dllexport) void ${name}(void) { stop("${name}"); }`,
  );
  return [
    "#include <stdio.h>",
    "#include <stdlib.h>",
    "static void stop(const char *name) {",
    '  fprintf(stderr, "TensorFlow called %s of Python, which is not here.\\n", name);',
    "  abort();",
    "}",
    ...lines,
    "",
  ].join("\n");
}

/** What only the linker reads. */
export function removeLinkersFiles(folder) {
  for (const name of readdirSync(folder)) if (/\.(lib|pdb|exp)$/.test(name)) rmSync(join(folder, name));
  const emptied = join(folder, "tensorflow", "python");
  if (existsSync(emptied)) rmSync(emptied, { recursive: true });
}

async function orProblem(result, title) {
  const { code, output } = await result;
  if (code !== 0)
    throw new SetUpProblem(`zig could not make ${title} (${output.trim().split("\n").at(-1)}): start again.`);
}
