/** The desktop window in a clone: whether this machine can show one, and its start. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ENDING_SIGNALS, run, step } from "./processes.mjs";

/**
 * What to start the window with, or why there is none, in words that end a sentence. Electron's own package fetches its program at the first
 * start; `ELECTRON_OVERRIDE_DIST_PATH` names a folder that has one.
 * @returns {Promise<{program: string} | {hindrance: string}>}
 */
export async function windowProgram(root, node, environment = process.env) {
  const hindrance = displayHindrance(environment);
  if (hindrance) return { hindrance };
  const given = environment.ELECTRON_OVERRIDE_DIST_PATH;
  if (given) {
    const program = join(given, programName());
    return existsSync(program) ? { program } : { hindrance: `ELECTRON_OVERRIDE_DIST_PATH has no Electron: ${given}` };
  }
  return (await fetched(root, node)) ?? { hindrance: "Electron's program could not be fetched" };
}

/** @param {NodeJS.ProcessEnv} environment */
function displayHindrance({ DISPLAY, WAYLAND_DISPLAY }) {
  if (process.platform !== "linux") return null;
  if (!DISPLAY && !WAYLAND_DISPLAY) return "there is no display";
  // Chromium's sandbox does not start for root, and without it nothing is shown.
  return process.getuid?.() === 0 ? "root is not given one" : null;
}

async function fetched(root, node) {
  const folder = join(root, "node_modules", "electron");
  const find = () => {
    const named = join(folder, "path.txt");
    if (!existsSync(named)) return null;
    const program = join(folder, "dist", readFileSync(named, "utf8"));
    return existsSync(program) ? { program } : null;
  };
  const there = find();
  if (there) return there;
  await step("Fetching Electron", () => run(node, [join(folder, "install.js")], { cwd: root }));
  return find();
}

function programName() {
  if (process.platform === "darwin") return join("Electron.app", "Contents", "MacOS", "Electron");
  return process.platform === "win32" ? "electron.exe" : "electron";
}

/** How Chromium ends where it finds no sandbox or no display after all. @type {readonly NodeJS.Signals[]} */
const ABORTS = ["SIGTRAP", "SIGABRT", "SIGILL"];
/** How the system's loader ends, once it has named a library that is not there. */
const LIBRARY_MISSING = 127;

/** Shows the window until it is closed. Resolves to its exit code, or null where it could not run at all. */
export function showWindow(program, root, words, environment) {
  return new Promise((resolve) => {
    const child = spawn(program, [root, ...words], { stdio: "inherit", env: environment });
    for (const signal of ENDING_SIGNALS) process.on(signal, () => child.kill(signal));
    child.once("error", () => resolve(null));
    child.once("exit", (code, signal) => {
      const isShown = signal ? !ABORTS.includes(signal) : code !== LIBRARY_MISSING;
      resolve(isShown ? (code ?? 1) : null);
    });
  });
}
