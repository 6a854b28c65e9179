/** What is made of a laid-out app, a row a kind of package. */
import { copyFileSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { SetUpProblem } from "../set-up/problem.mjs";
import { callElectronBuilder } from "./call-electron-builder.mjs";
import { APPIMAGE_START, electronOfPip } from "./electron.mjs";
import { callProgram, programOf } from "./programs.mjs";
import { makeWindowsInstaller } from "./windows-installer.mjs";

/**
 * `programs`: what has to be at hand. `make` is given `{ root, configure, system, unpacked, stage, stem, version, electron, pythonVersion, isQuick }` — `stem` the file's
 * path without its ending — and answers with the path of what it made.
 */
const MAKERS = {
  deb: { programs: () => ["dpkg-deb"], make: packedByOwnFpm },
  rpm: { programs: () => ["rpmbuild"], make: packedByOwnFpm },
  // Where Electron is fetched from its site, so are the makers of AppImages.
  AppImage: {
    programs: ({ electron }) => (electron === "pip" ? ["mksquashfs", "desktop-file-validate"] : []),
    make: makeAppImage,
  },
  dmg: { programs: () => [], make: makeDmg },
  zip: { programs: () => ["7z"], make: makeZip },
  exe: { programs: () => ["makensis"], make: makeWindowsInstaller },
};

/** What is missing on this machine to make such a package, as a sentence; null where nothing is. */
export function hindranceOf(kind, request) {
  try {
    for (const name of MAKERS[kind].programs(request)) programOf(name);
    return null;
  } catch (thrown) {
    if (thrown instanceof SetUpProblem) return thrown.message;
    throw thrown;
  }
}

export function makePackage(kind, context) {
  return MAKERS[kind].make({ ...context, kind });
}

/** electron-builder would fetch fpm, a Ruby of its own. */
function packedByOwnFpm(context) {
  process.env.CUSTOM_FPM_PATH = join(import.meta.dirname, "fpm.mjs");
  return byElectronBuilder(context);
}

async function makeAppImage(context) {
  if (context.electron === "pip") process.env.APPIMAGE_TOOLS_PATH = await appImageTools(context);
  return byElectronBuilder(context);
}

/** Where electron-builder looks for its tools: a folder of links to this machine's, and the start of an AppImage. */
async function appImageTools({ system, stage, pythonVersion }) {
  const tools = join(stage, "appimage-tools");
  const processor = system.target.split("-")[1];
  const own = join(tools, `linux-${process.arch}`);
  rmSync(tools, { recursive: true, force: true });
  for (const folder of [own, join(tools, "lib", "x64")]) mkdirSync(folder, { recursive: true });
  for (const name of ["mksquashfs", "desktop-file-validate"]) symlinkSync(programOf(name), join(own, name));
  const start = join(await electronOfPip(system.target, pythonVersion), APPIMAGE_START);
  copyFileSync(start, join(tools, `runtime-${processor}`));
  return tools;
}

function makeDmg(context) {
  return byElectronBuilder(context);
}

async function byElectronBuilder({ kind, root, configure, system, unpacked }) {
  const targets = { [system.builder]: [kind] };
  const paths = await callElectronBuilder({ config: configure(), projectDir: root, prepackaged: unpacked, ...targets });
  const made = paths.find((path) => path.endsWith(`.${kind}`));
  if (!made) throw new SetUpProblem(`electron-builder made no ${kind}: start again.`);
  return made;
}

/** Windows' files without a folder around them, since its own unpacking makes one. Links as links: macOS's frameworks are made of them. */
async function makeZip({ system, unpacked, stem }) {
  const file = `${stem}.zip`;
  const content = system.name === "macos" ? "Strata.app" : ".";
  await callProgram(programOf("7z"), ["a", "-tzip", "-snl", "-mx=5", "-mmt=on", file, content], { cwd: unpacked });
  return file;
}
