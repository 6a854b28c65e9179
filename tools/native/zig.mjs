/** The compiler where a machine has none, or where the binding is for another system: zig, whole in one wheel of pip's. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../set-up/processes.mjs";
import { TARGETS } from "./targets.mjs";

/** For linkers of ELF files: nothing is to be found from outside but the two names that Node asks for. */
const EXPORTS = "{ global: napi_register_module_v1; node_api_module_get_api_version_v1; local: *; };\n";

/**
 * @param {string} folder that the wheel was unpacked in; what zig builds on its way lies there too
 * @param {string} target
 */
export function zigIn(folder, target) {
  const program = join(folder, "ziglang", process.platform === "win32" ? "zig.exe" : "zig");
  const cache = join(folder, "cache");
  const exports = join(folder, "exports.map");
  mkdirSync(cache, { recursive: true });
  writeFileSync(exports, EXPORTS);
  const { triple, zigFlags } = TARGETS[target];
  const call = (args) =>
    run(program, args, { env: { ...process.env, ZIG_GLOBAL_CACHE_DIR: cache, ZIG_LOCAL_CACHE_DIR: cache } });
  return {
    flags: zigFlags.map((flag) => flag.replace("{exports}", exports)),
    compile: (args) => call(["c++", "-target", triple, ...args]),
    compileC: (args) => call(["cc", "-target", triple, ...args]),
    /** A library to link with, out of a list of names. */
    makeImportLibrary: (definitions, library) =>
      call(["dlltool", "-m", "i386:x86-64", "-d", definitions, "-l", library]),
  };
}
