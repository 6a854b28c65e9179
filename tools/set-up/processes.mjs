/** Other programs: finding them, running them quietly, and saying on standard error how it goes. Standard output belongs to the command. */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const running = new Set();

/** @type {readonly NodeJS.Signals[]} */
export const ENDING_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Ctrl-C and the like: ends what set-up started, then set-up itself. What is finished stays. */
export function stopOnSignals() {
  const stop = (signal) => {
    for (const child of running) child.kill("SIGTERM");
    process.stderr.write("\nStopped; the next start goes on from here.\n");
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  for (const signal of ENDING_SIGNALS) process.on(signal, stop);
  return () => {
    for (const signal of ENDING_SIGNALS) process.removeListener(signal, stop);
  };
}

/**
 * Runs a program to its end, unseen. Resolves to its exit code (1 when a signal ended it, 127 when it could not start) and the end of what it wrote, of
 * which `characters` are kept.
 * @param command
 * @param args
 * @param {{ characters?: number, cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { characters = 200_000, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-characters);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.once("error", (error) => {
      running.delete(child);
      resolve({ code: 127, output: error.message });
    });
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/**
 * For a program that the launcher went on with: ends when the launcher is gone, and does not stay for its channel's sake. A package that listens for messages
 * (electron-builder's temporary files do) would hold the channel open for ever.
 */
export function endWithLauncher() {
  process.once("disconnect", () => process.exit(1));
  process.channel?.unref();
}

/** The first of these programs that is on the PATH, or null. */
export function findProgram(names, environment = process.env) {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const name of names) {
    for (const folder of (environment.PATH ?? environment.Path ?? "").split(delimiter)) {
      for (const ending of endings) {
        const path = join(folder, name + ending);
        if (folder && isExecutable(path)) return path;
      }
    }
  }
  return null;
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Says that a step begins and how long it took. On a terminal one line counts the seconds, with `progress()` where there is something to count.
 */
export async function step(title, work, progress = () => "") {
  const startedAt = Date.now();
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`;
  if (!process.stderr.isTTY) {
    process.stderr.write(`${title} …\n`);
    const result = await work();
    process.stderr.write(`${title}: done in ${seconds()}\n`);
    return result;
  }
  const show = () => process.stderr.write(`\r\u001b[K${title} … ${[progress(), seconds()].filter(Boolean).join(", ")}`);
  show();
  const timer = setInterval(show, 1000);
  try {
    const result = await work();
    process.stderr.write(`\r\u001b[K${title}: done in ${seconds()}\n`);
    return result;
  } catch (thrown) {
    process.stderr.write("\n");
    throw thrown;
  } finally {
    clearInterval(timer);
  }
}

export function say(line) {
  process.stderr.write(`${line}\n`);
}
