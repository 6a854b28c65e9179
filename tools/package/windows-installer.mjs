/** Windows' installer, by makensis and `windows-installer.nsi`: this writes down for it what is in the package, so that an uninstallation removes that and nothing else. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpProblem } from "../set-up/problem.mjs";
import { folderBytes } from "./folder-bytes.mjs";
import { callProgram, programOf } from "./programs.mjs";

const script = join(import.meta.dirname, "windows-installer.nsi");

/** @param context as `makers.mjs` says; `isQuick` leaves it uncompressed */
export async function makeWindowsInstaller({ root, stage, unpacked, stem, version, isQuick }) {
  const file = `${stem}.exe`;
  const removal = join(stage, "removal.nsh");
  const licence = join(stage, "licence.txt");
  writeFileSync(removal, removalOf(readdirSync(unpacked, { withFileTypes: true })));
  // The page of the licence shows lines as Windows ends them.
  writeFileSync(licence, readFileSync(join(root, "LICENSE"), "utf8").replaceAll(/\r?\n/g, "\r\n"));
  const words = {
    OUT: file,
    APP: unpacked,
    REMOVAL: removal,
    LICENCE: licence,
    VERSION: version,
    // Windows wants four numbers.
    VERSION_NUMBERS: `${version.replace(/[^\d.].*/, "")}.0`,
    KILOBYTES: String(Math.ceil(folderBytes(unpacked) / 1024)),
    ICON: join(root, "resources", "icons", "icon.ico"),
  };
  const defines = Object.entries(words).map(([name, value]) => `-D${name}=${value}`);
  if (isQuick) defines.push("-DQUICK");
  await callProgram(programOf("makensis"), ["-V2", "-WX", "-INPUTCHARSET", "UTF8", ...defines, script]);
  return file;
}

/** NSIS's words for taking away what lies in the folder of the program: each by its name, since whoever chose the folder may keep other things there. */
export function removalOf(entries) {
  const lines = entries.map((entry) => {
    if (!/^[\w .-]+$/.test(entry.name))
      throw new SetUpProblem(`${entry.name} is no name that the installer can take away.`);
    return entry.isDirectory() ? `  RMDir /r "$INSTDIR\\${entry.name}"` : `  Delete "$INSTDIR\\${entry.name}"`;
  });
  return ["!macro RemoveProgram", ...lines, "!macroend", ""].join("\n");
}
