/**
 * Looks at a runtime of another system, which nothing here can load: each library must be for that system's processor, find those it needs by its run paths,
 * and every name that it asks for must be exported by one of them or be Node's. The linkers let a name pass that nobody has.
 */
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { SetUpProblem } from "../set-up/problem.mjs";
import { readElf } from "./elf.mjs";
import { readMachO } from "./mach-o.mjs";
import { BINDING } from "./runtime.mjs";

/**
 * @typedef {{ name: string, from: string | null }} Import `from`: the library that it is asked of, where that is known
 * @typedef {{ processor: string, libraries: string[], runPaths: string[], imports: Import[], exports: Set<string> }} Image
 */

/** By platform: how its libraries are read, which of them come with the system, and what its loader calls the folder of the library that asks. */
const SYSTEMS = {
  linux: { read: readElf, own: /^(lib(c|m|dl|pthread|rt|stdc\+\+|gcc_s)\.so|ld-linux)/, here: "$ORIGIN" },
  darwin: { read: readMachO, own: /^\/(usr\/lib|System\/Library)\//, here: "@loader_path" },
};
/** What a binding may show: the two names that Node looks for, and those that a Mac's linker adds to every library. */
const SHOWN = new Set([
  "napi_register_module_v1",
  "node_api_module_get_api_version_v1",
  "_mh_dylib_header",
  "__dso_handle",
]);

/** Whether this target's libraries can be looked at. @param {string} target */
export function canBeChecked(target) {
  return Object.hasOwn(SYSTEMS, platformOf(target));
}

/**
 * @param {string} folder of the runtime @param {string} target as in targets.mjs
 * @param {string} definitions Node's list of names: node-api-headers' `def`
 * @throws {SetUpProblem} that names the first thing that does not fit
 */
export function checkRuntime(folder, target, definitions) {
  const system = SYSTEMS[platformOf(target)];
  const ofNode = new Set(["js_native_api.def", "node_api.def"].flatMap((name) => namesIn(join(definitions, name))));
  const images = new Map();
  const imageAt = (path) => {
    if (!images.has(path)) images.set(path, system.read(path));
    return images.get(path);
  };
  const binding = join(folder, BINDING);
  const foreign = [...imageAt(binding).exports].find((name) => !SHOWN.has(name));
  if (foreign) throw problem(binding, `exports ${foreign}, which would stand in for TensorFlow's`);
  const seen = new Set();
  for (const waiting = [binding]; waiting.length > 0; ) {
    const path = waiting.pop() ?? "";
    if (seen.has(path)) continue;
    seen.add(path);
    const image = imageAt(path);
    if (image.processor !== processorOf(target)) throw problem(path, `is for ${image.processor}`);
    const found = librariesOf(image, path, system);
    checkNames(image, path, (name, from) => {
      if (from !== null && system.own.test(from)) return true;
      const offered = from === null ? [...found.values()] : [found.get(from) ?? ""];
      return (from === null && ofNode.has(name)) || offered.some((library) => imageAt(library).exports.has(name));
    });
    waiting.push(...found.values());
  }
}

function checkNames({ imports }, path, isOffered) {
  const missing = imports.find(({ name, from }) => !isOffered(name, from));
  if (!missing) return;
  const lacking = missing.from === null ? "nothing there has" : `${missing.from} does not have`;
  throw problem(path, `asks for ${missing.name}, which ${lacking}`);
}

/** Where the libraries lie that do not come with the system, by the name they are asked for. */
function librariesOf({ libraries, runPaths }, path, { own, here }) {
  const found = new Map();
  for (const library of libraries.filter((name) => !own.test(name))) {
    const folders = runPaths.filter((place) => place.startsWith(here));
    const places = folders.map((place) => join(dirname(path), place.slice(here.length), basename(library)));
    const place = places.find((candidate) => existsSync(candidate));
    if (!place) throw problem(path, `needs ${library}, which is on none of its run paths (${runPaths.join(", ")})`);
    found.set(library, place);
  }
  return found;
}

function problem(path, what) {
  return new SetUpProblem(`TensorFlow was set up but would not load: ${basename(path)} ${what}: start again.`);
}

/** The names of a linker's definition file, one a line after its two lines of head. */
function namesIn(path) {
  return readFileSync(path, "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^\w+$/.test(line) && line !== "EXPORTS");
}

const platformOf = (target) => target.split("-")[0] ?? "";
const processorOf = (target) => target.split("-")[1];
