/**
 * A native runtime of a few kilobytes, made on the spot: a real library in a real wheel, which the real pip finds in a folder, and a binding in
 * one line. With it the provisioner goes its whole way in seconds.
 */
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..", "..");
const LIBRARY = "tensorflow/libtiny.so.2";

const makeWheel = `
import sys, zipfile
target, library = sys.argv[1:]
with zipfile.ZipFile(target, "w") as wheel:
    wheel.write(library, "${LIBRARY}")
    wheel.writestr("tensorflow/include/tiny.h", "int tiny();")
    wheel.writestr("tensorflow/unwanted.txt", "x")
    wheel.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1.0\\n")
    wheel.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("tiny-1.0.dist-info/RECORD", "")
`;

const makeZigWheel = `
import sys, zipfile
target, script = sys.argv[1:]
with zipfile.ZipFile(target, "w") as wheel:
    program = zipfile.ZipInfo("ziglang/zig")
    program.external_attr = 0o755 << 16
    wheel.writestr(program, script)
    wheel.writestr("ziglang-1.0.dist-info/METADATA", "Metadata-Version: 2.1\\nName: ziglang\\nVersion: 1.0\\n")
    wheel.writestr("ziglang-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr("ziglang-1.0.dist-info/RECORD", "")
`;

const binding = `#include <node_api.h>
#include <tiny.h>
NAPI_MODULE_INIT() { napi_value answer; napi_create_int32(env, tiny(), &answer); return answer; }
`;

export interface TinyRuntime {
  /** Everything of this one lies in here. */
  readonly folder: string;
  readonly cache: string;
  /** What pip is given instead of an index. */
  readonly wheels: string;
}

interface WheelChange {
  readonly sha256?: string;
  readonly bytes?: number;
}

/** A fresh one, made from nothing once per test file and copied from then on. */
export function makeTinyRuntime(): TinyRuntime {
  original ??= build();
  const copy = runtimeIn(mkdtempSync(join(tmpdir(), "strata-tiny-")));
  cpSync(original.folder, copy.folder, { recursive: true });
  return copy;
}

let original: TinyRuntime | null = null;

/** For the end of a test file. */
export function removeOriginal(): void {
  if (original) rmSync(original.folder, { recursive: true, force: true });
}

function runtimeIn(folder: string): TinyRuntime {
  return { folder, cache: join(folder, "cache"), wheels: join(folder, "wheels") };
}

function build(): TinyRuntime {
  const folder = mkdtempSync(join(tmpdir(), "strata-tiny-"));
  const runtime = runtimeIn(folder);
  mkdirSync(runtime.wheels);
  mkdirSync(join(folder, "package", "binding"), { recursive: true });
  writeFileSync(join(folder, "package", "binding", "tiny.cc"), binding);
  writeFileSync(join(folder, "tiny.cpp"), "int tiny() { return 42; }");
  const library = join(folder, "libtiny.so.2");
  execFileSync("g++", ["-shared", "-fPIC", "-Wl,-soname,libtiny.so.2", "-o", library, join(folder, "tiny.cpp")]);
  execFileSync("python3", ["-c", makeWheel, wheelOf(runtime), library]);
  writeManifest(runtime);
  return runtime;
}

function wheelOf(runtime: TinyRuntime): string {
  return join(runtime.wheels, "tiny-1.0-py3-none-any.whl");
}

export function writeManifest(runtime: TinyRuntime, change: WheelChange = {}): void {
  const bytes = statSync(wheelOf(runtime)).size;
  const sha256 = createHash("sha256")
    .update(readFileSync(wheelOf(runtime)))
    .digest("hex");
  const take = [LIBRARY, "tensorflow/include/*.h"];
  const wheel = { package: "tiny", version: "1.0", platform: "any", sha256, bytes, unpackedBytes: bytes, take };
  const entry = { note: "Tested.", libraries: [LIBRARY], wheels: [{ ...wheel, ...change }] };
  const runtimes = { [`${process.platform}-${process.arch}-cpu`]: entry };
  writeFileSync(join(runtime.folder, "manifest.json"), JSON.stringify({ python: "311", tensorflow: "0", runtimes }));
}

/**
 * Adds a wheel with a "zig" to what pip finds: it writes down what it was asked to compile for, and hands the rest to this machine's g++.
 * @returns where it writes
 */
export function addZig(runtime: TinyRuntime): string {
  const asked = join(runtime.folder, "asked-of-zig");
  const compiler = execFileSync("which", ["g++"], { encoding: "utf8" }).trim();
  const path = `PATH=${JSON.stringify(process.env.PATH)}`;
  const script = `#!/bin/sh\necho "$1 $2 $3" > "${asked}"; shift 3; ${path} exec ${compiler} "$@"\n`;
  const target = join(runtime.wheels, "ziglang-1.0-py3-none-any.whl");
  execFileSync("python3", ["-c", makeZigWheel, target, script]);
  const bytes = statSync(target).size;
  const sha256 = createHash("sha256").update(readFileSync(target)).digest("hex");
  const wheel = { platform: "any", sha256, bytes, unpackedBytes: bytes };
  const manifestPath = join(runtime.folder, "manifest.json");
  const manifest: object = JSON.parse(readFileSync(manifestPath, "utf8"));
  const zig = { version: "1.0", wheels: { [`${process.platform}-${process.arch}`]: wheel } };
  writeFileSync(manifestPath, JSON.stringify({ ...manifest, zig }));
  return asked;
}

/** Breaks the binding so that it compiles and does not load. */
export function breakBinding(runtime: TinyRuntime): void {
  const broken = binding.replace("#include <tiny.h>", "int tiny(); int nowhere();").replace("tiny(), ", "nowhere(), ");
  writeFileSync(join(runtime.folder, "package", "binding", "tiny.cc"), broken);
}

/** A folder for the PATH that holds only these programs of this machine. */
export function pathWithOnly(runtime: TinyRuntime, programs: readonly string[]): string {
  const folder = mkdtempSync(join(runtime.folder, "path-"));
  for (const program of programs) {
    // Python's own answer, since what lies on the PATH may be a script of a version manager.
    const [command = "which", ...args] =
      program === "python3" ? [program, "-c", "import sys; print(sys.executable)"] : ["which", program];
    symlinkSync(execFileSync(command, args, { encoding: "utf8" }).trim(), join(folder, program));
  }
  return folder;
}

export interface Outcome {
  readonly code: number | null;
  /** The folder it answered with, on success. */
  readonly stdout: string;
  readonly stderr: string;
}

const program = `
import { provideNative } from ${JSON.stringify(join(root, "tools", "native", "provision.mjs"))};
const [folder, headers] = process.argv.slice(1);
const question = { bindingPackage: folder + "/package", manifestPath: folder + "/manifest.json", headers, node: process.execPath, isRepair: process.env.REPAIR === "1" };
provideNative(question).then((answer) => console.log(answer), (thrown) => {
  console.error(thrown.name === "SetUpProblem" ? "problem: " + thrown.message : thrown);
  process.exit(1);
});
`;

/** Runs the provisioner in a process of its own. */
export function provision(runtime: TinyRuntime, environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const headers = join(root, "node_modules", "node-api-headers", "include");
  return outcomeOf(process.execPath, ["--input-type=module", "-e", program, runtime.folder, headers], {
    STRATA_CACHE: runtime.cache,
    STRATA_FLAVOUR: "cpu",
    PIP_CONFIG_FILE: "/dev/null",
    PIP_NO_INDEX: "1",
    PIP_FIND_LINKS: runtime.wheels,
    ...environment,
  });
}

export function outcomeOf(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  cwd?: string,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...environment },
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.once("close", (code) => resolve({ code, stdout: stdout.trim(), stderr }));
  });
}
