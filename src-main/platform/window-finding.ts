/** What `strata doctor` says of the window's program: Electron in a clone, the app's own beside an installed engine, and on Linux the libraries that it lacks. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { installAnew } from "../contract/error-texts.ts";
import type { DoctorFinding } from "../contract/machine.ts";
import { fine, wanting } from "./doctor-finding.ts";
import { isInstalled } from "./installed.ts";

const root = join(import.meta.dirname, "..", "..");

export function windowFinding(environment: NodeJS.ProcessEnv): Promise<DoctorFinding> | DoctorFinding {
  return isInstalled ? installedWindowFinding(installedProgram(process.platform)) : electronFinding(environment);
}

/** Without it the app is served to the browser, which is no fault. */
function electronFinding(environment: NodeJS.ProcessEnv): DoctorFinding {
  const folder = environment.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, "node_modules", "electron", "dist");
  const isThere = existsSync(join(folder, "version"));
  return fine("Electron", isThere ? folder : "no runtime; the app opens in the browser");
}

/** The engine lies in the app's `resources/engine`, on macOS in `Contents/Resources/engine`. */
function installedProgram(platform: NodeJS.Platform): string {
  if (platform === "darwin") return join(root, "..", "..", "MacOS", "Strata");
  return join(root, "..", "..", platform === "win32" ? "Strata.exe" : "strata");
}

/** @param program that came with the installed app */
export async function installedWindowFinding(program: string, platform = process.platform): Promise<DoctorFinding> {
  const name = "Window";
  if (!existsSync(program)) return wanting(name, `not there: ${program}`, installAnew);
  const missing = platform === "linux" ? await missingLibraries(program) : [];
  if (missing.length === 0) return fine(name, program);
  return wanting(
    name,
    `does not open: this system lacks ${missing.join(", ")}`,
    "Install the libraries of a desktop (Debian 12 and Ubuntu 22.04: apt-get install libgtk-3-0 libnss3 libasound2 libgbm1 libx11-xcb1). Without them strata serve shows the app in a browser.",
  );
}

/** By the system's own loader; none where it cannot be asked. */
async function missingLibraries(program: string): Promise<readonly string[]> {
  try {
    const { stdout } = await promisify(execFile)("ldd", [program], { timeout: 20_000 });
    // A library is named once for each of those that ask for it.
    return [...new Set([...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map(([, library = ""]) => library))];
  } catch {
    return [];
  }
}
