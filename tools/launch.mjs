/**
 * `npm start`, `npm test`, `npm run build` and `npm run package`: whatever is missing is set up, then it goes on with the Node 24 that npm brought. Runs on any Node from 18 on,
 * with nothing installed; says what it does on standard error and only when there is something to do, so that standard output is the command's.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { provideNative } from "./native/provision.mjs";
import { BINDING, pointTo } from "./native/runtime.mjs";
import { build, isBuilt } from "./set-up/builds.mjs";
import { areInstalled, installPackages, node24 } from "./set-up/dependencies.mjs";
import { withLock } from "./set-up/lock.mjs";
import { inWords, SetUpProblem } from "./set-up/problem.mjs";
import { ENDING_SIGNALS, say, stopOnSignals } from "./set-up/processes.mjs";
import { runTests } from "./set-up/tests.mjs";
import { showWindow, windowProgram } from "./set-up/window.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

async function main() {
  const [command, ...args] = process.argv.slice(2);
  if (!command || !["start", "test", "build", "package"].includes(command)) {
    say(
      "Usage: node tools/launch.mjs start [command …] | test [tier …] | build | package [--for linux,windows,macos] [--kinds deb,exe …] [--dir] [--quick] [--flavour cpu|gpu]",
    );
    process.exit(2);
  }
  const flavour = command === "package" ? flavourOf(args) : null;
  if (flavour) process.env.STRATA_FLAVOUR = flavour;
  const isDoctor = command === "start" && args[0] === "doctor";
  const letGo = stopOnSignals();
  const environment = await setUp({ isRepair: isDoctor && args.includes("--repair"), isDoctor });
  letGo();
  if (command === "build") return;

  const node = node24(root);
  if (command === "package") {
    const words = [join(root, "tools", "package", "package.mjs"), environment.STRATA_NATIVE, ...args];
    return become(node, words, environment);
  }
  if (command === "test") process.exit(await runTests(root, node, args, environment));
  if (args.length === 0 || args[0] === "app") await openWindow(node, args.slice(1), environment);
  else if (isPathOfPictures(args[0])) await openWindow(node, args, environment);
  become(node, [join(root, "src-main", "entrypoints", "cli.ts"), ...args], environment);
}

/** `npm start -- flowers.zip`: no command has a slash or a dot in its name. */
function isPathOfPictures(word) {
  return !word.startsWith("-") && /[\\/.]/.test(word) && existsSync(word);
}

/** Of a package: cpu unless named, whatever this machine has. */
function flavourOf(args) {
  const at = args.indexOf("--flavour");
  const flavour = at < 0 ? "cpu" : args[at + 1];
  if (flavour === "cpu" || flavour === "gpu") return flavour;
  throw new SetUpProblem("--flavour is cpu or gpu.");
}

/** Shows the window and ends with it; where there is none, leaves word of the reason for the command line, which serves the app instead. */
async function openWindow(node, words, environment) {
  const found = await windowProgram(root, node);
  if ("program" in found) {
    const code = await showWindow(found.program, root, words, environment);
    if (code !== null) process.exit(code);
  }
  environment.STRATA_NO_WINDOW = "hindrance" in found ? found.hindrance : "Electron does not run here";
}

/** Brings packages, native runtime and pages up to date; returns the environment for what runs next. */
async function setUp({ isRepair, isDoctor }) {
  await inClone(areInstalled, () => installPackages(root));
  const environment = { ...process.env };
  // Every process of ours and its threads find their TypeScript stripped and compiled; where it cannot be written, Node goes on without.
  environment.NODE_COMPILE_CACHE ??= join(root, "out", "compile-cache");
  try {
    environment.STRATA_NATIVE = await native(isRepair);
    await inClone(
      () => !existsSync(join(root, "src-renderer", "index.html")) || isBuilt(root),
      () => build(root, node24(root)),
    );
  } catch (thrown) {
    // The doctor is asked exactly when something is wrong: it tells this with everything else that it finds.
    if (!isDoctor || !(thrown instanceof SetUpProblem)) throw thrown;
    environment.STRATA_SET_UP_PROBLEM = thrown.message;
  }
  return environment;
}

/** Does `work` unless `isDone`, one process at a time; whoever waited looks again. */
async function inClone(isDone, work) {
  if (isDone(root)) return;
  const out = join(root, "out");
  try {
    mkdirSync(out, { recursive: true });
    const onWait = (pid) => say(`Another set-up (process ${pid}) is working in this folder; waiting for it.`);
    await withLock(join(out, "set-up.lock"), onWait, async () => {
      if (!isDone(root)) await work();
    });
  } catch (thrown) {
    throw inWords(thrown, root);
  }
}

async function native(isRepair) {
  const given = process.env.STRATA_NATIVE;
  if (given) {
    if (existsSync(join(given, BINDING))) return given;
    throw new SetUpProblem(`STRATA_NATIVE names a folder without ${BINDING}: correct it or leave it out: ${given}`);
  }
  const folder = await provideNative({
    bindingPackage: join(root, "node_modules", "@tensorflow", "tfjs-node-gpu"),
    headers: join(root, "node_modules", "node-api-headers", "include"),
    node: node24(root),
    isRepair,
  });
  pointTo(root, folder);
  return folder;
}

/** Hands the terminal over: the child's signals and exit code are this process's own. */
function become(command, args, environment) {
  // The channel tells the child when this process is gone, however it went.
  const child = spawn(command, args, { stdio: ["inherit", "inherit", "inherit", "ipc"], env: environment });
  for (const signal of ENDING_SIGNALS) {
    // Ctrl-C on a terminal reaches the child by itself; sent twice, it would mean "at once".
    process.on(signal, () => (signal === "SIGINT" && process.stdin.isTTY) || child.kill(signal));
  }
  if (process.env.npm_lifecycle_event) endWithNpm(child);
  child.once("error", (error) => {
    say(`Node 24 could not be started (${error.message}): delete node_modules and start again.`);
    process.exit(1);
  });
  child.once("exit", (code, signal) => {
    if (!signal) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

/** npm puts a shell in between, which passes no signal on and outlives a kill of npm: when either is gone, so is this. */
function endWithNpm(child) {
  const shell = process.ppid;
  const npm = parentOf(shell);
  setInterval(() => {
    if (process.ppid !== shell || parentOf(shell) !== npm) child.kill("SIGTERM");
  }, 1000);
}

/** Null where the system does not say so in a file. */
function parentOf(pid) {
  try {
    // "pid (name) state parent …", where the name may hold anything but the last parenthesis.
    return Number(readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1]);
  } catch {
    return null;
  }
}

main().catch((thrown) => {
  if (!(thrown instanceof SetUpProblem)) throw thrown;
  say(thrown.message);
  process.exit(1);
});
