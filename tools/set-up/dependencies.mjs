/** The packages of package-lock.json, and the Node 24 that is one of them. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TARGETS, thisMachine } from "../native/targets.mjs";
import { SetUpProblem } from "./problem.mjs";
import { findProgram, run, step } from "./processes.mjs";

/** Whether node_modules holds exactly what the lockfile names. npm writes its own list last of all, so an interrupted install has none. */
export function areInstalled(root) {
  const installed = packagesOf(join(root, "node_modules", ".package-lock.json"));
  const wanted = packagesOf(join(root, "package-lock.json"));
  if (!installed || !wanted) return false;
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") continue;
    const found = installed[path];
    if (!found && !entry.optional) return false;
    if (found && (found.version !== entry.version || found.integrity !== entry.integrity)) return false;
  }
  return Object.keys(installed).every((path) => path in wanted) && node24(root) !== null;
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages ?? null;
  } catch {
    return null;
  }
}

/** The Node that everything but set-up runs on, or null when it is not installed. */
export function node24(root) {
  const inside = TARGETS[thisMachine]?.node;
  const path = inside && join(root, "node_modules", inside);
  if (path && existsSync(path)) return path;
  return Number(process.versions.node.split(".")[0]) >= 24 ? process.execPath : null;
}

export async function installPackages(root) {
  await step("Installing packages", () => callNpm(["ci", "--include=dev", "--include=optional"], root));
  if (!node24(root)) {
    throw new SetUpProblem(
      `There is no Node 24 in npm for ${process.platform} on ${process.arch}: install Node 24 and start again.`,
    );
  }
}

/**
 * @returns {Promise<string>} all that npm wrote
 * @throws SetUpProblem
 */
export async function callNpm(words, folder) {
  // Under `npm start` the very npm that runs; else the one on the PATH.
  const cli = process.env.npm_execpath?.endsWith(".js") ? process.env.npm_execpath : null;
  const npm = findProgram(["npm"]);
  if (!cli && !npm) throw new SetUpProblem("npm was not found: install Node.js with npm, and start again.");
  const args = [...words, "--loglevel=error"];
  const options = { cwd: folder, characters: 1e8, shell: !cli && process.platform === "win32" };
  const { code, output } = await (cli ? run(process.execPath, [cli, ...args], options) : run(npm, args, options));
  if (code !== 0) throw npmProblem(output, folder);
  return output;
}

function npmProblem(output, root) {
  if (/ENOSPC|no space left/i.test(output))
    return new SetUpProblem(`The disk is full: free some space and start again: ${root}`);
  if (/EACCES|EROFS|EPERM/.test(output))
    return new SetUpProblem(`npm may not write here: give this user the right to, and start again: ${root}`);
  if (/EUSAGE|can only install packages when/.test(output)) {
    return new SetUpProblem(
      "package.json and package-lock.json do not match: run npm install, or restore both, and start again.",
    );
  }
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|network/i.test(output))
    return new SetUpProblem("npm could not reach its registry: check the network or npm's proxy, and start again.");
  const reason = output.match(/npm (?:error|ERR!) (?!code\b)(.+)/)?.[1] ?? output.trim().split("\n").at(-1);
  return new SetUpProblem(`npm could not install the packages (${reason}): mend that and start again.`);
}
