/**
 * Which native runtime this machine wants, where it lies, and whether it is whole. It lies in a cache of the person's, shared by all clones:
 * <cache>/native/<key>/ with the libraries as their wheels have them, tfjs_binding.node, and complete.json, written last.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { isDiskTrouble, SetUpProblem } from "../set-up/problem.mjs";
import { TARGETS, thisMachine, wantedTarget } from "./targets.mjs";

export const BINDING = "tfjs_binding.node";
const COMPLETE = "complete.json";

export function cacheFolder(environment = process.env) {
  if (environment.STRATA_CACHE) return resolve(environment.STRATA_CACHE);
  if (process.platform === "win32")
    return join(environment.LOCALAPPDATA || join(personsFolder(), "AppData", "Local"), "Strata", "Cache");
  if (process.platform === "darwin") return join(personsFolder(), "Library", "Caches", "Strata");
  const cache = environment.XDG_CACHE_HOME;
  // A relative one is to be ignored, the specification says.
  return join(cache && isAbsolute(cache) ? cache : join(personsFolder(), ".cache"), "strata");
}

function personsFolder() {
  try {
    const folder = homedir();
    if (isAbsolute(folder)) return folder;
  } catch {
    // Said below.
  }
  throw new SetUpProblem(
    "This user has no home folder to keep TensorFlow in: set STRATA_CACHE to a folder that can be written, and start again.",
  );
}

/** With an NVIDIA driver TensorFlow's GPU build, else the one for the processor alone; STRATA_FLAVOUR decides otherwise. */
export function wantedFlavour(environment = process.env) {
  const asked = environment.STRATA_FLAVOUR;
  if (asked === "cpu" || asked === "gpu") return asked;
  if (asked) throw new SetUpProblem(`STRATA_FLAVOUR is "${asked}": set it to cpu or gpu, or leave it out.`);
  const hasDriver = existsSync("/proc/driver/nvidia/version");
  return hasDriver && thisMachine === "linux-x64" && wantedTarget(environment) === "linux-x64" ? "gpu" : "cpu";
}

/** The runtime of the manifest for a system, and the key that changes with everything it is made from. */
export function chooseRuntime(manifest, bindingPackage, flavour, target = wantedTarget()) {
  const platform = `${target}-${flavour}`;
  const runtime = manifest.runtimes[platform];
  if (!runtime) {
    const known = Object.keys(manifest.runtimes).join(", ");
    throw new SetUpProblem(`There is no TensorFlow for ${platform}: use a machine that is one of ${known}.`);
  }
  const { libraries, wheels } = runtime;
  const hash = createHash("sha256").update(JSON.stringify({ libraries, wheels, flags: TARGETS[target].flags }));
  for (const source of bindingSources(bindingPackage)) hash.update(readFileSync(source));
  const key = `tensorflow-${manifest.tensorflow}-${platform}-${hash.digest("hex").slice(0, 12)}`;
  return { key, platform, runtime };
}

export function bindingSources(bindingPackage) {
  const folder = join(bindingPackage, "binding");
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

/** Records what a finished runtime consists of, so that a damaged one is noticed. */
export function writeComplete(folder) {
  const files = {};
  for (const path of filesUnder(folder)) files[path] = statSync(join(folder, path)).size;
  writeFileSync(join(folder, COMPLETE), JSON.stringify({ files, bindingSha256: sha256(join(folder, BINDING)) }));
}

/** Whether every file is there with its full size; the small binding is compared byte by byte. */
export function isComplete(folder) {
  try {
    const { files, bindingSha256 } = JSON.parse(readFileSync(join(folder, COMPLETE), "utf8"));
    const areThere = Object.entries(files).every(([path, bytes]) => statSync(join(folder, path)).size === bytes);
    return areThere && sha256(join(folder, BINDING)) === bindingSha256;
  } catch {
    return false;
  }
}

/** Where programs that were not started by launch.mjs (tests, an editor) find the runtime. In a clone that cannot be written they do without. */
export function pointTo(root, folder) {
  const path = join(root, "out", "native.json");
  const text = `${JSON.stringify({ folder })}\n`;
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (thrown) {
    if (!isDiskTrouble(thrown)) throw thrown;
  }
}

function filesUnder(folder, prefix = "") {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    return entry.isDirectory() ? filesUnder(folder, path) : [path];
  });
}

function sha256(path) {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
