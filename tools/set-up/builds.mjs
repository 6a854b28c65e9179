/** What is built: the window (its main process, its preload script, its pages), when its sources changed since it was. The engine runs as it stands. */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpProblem } from "./problem.mjs";
import { run, step } from "./processes.mjs";
import { swapIn } from "./swap.mjs";

/** `engine` is not here: the pages take only types from it. */
const SOURCES = [
  "src-renderer",
  "src-main/shell",
  "src-main/entrypoints",
  "src-main/contract",
  "src-main/domain",
  "src-main/platform/paths.ts",
  "electron.vite.config.ts",
  "package-lock.json",
];
const STAMP = ".sources";

const builtFolder = (root) => join(root, "out", "window");

export function isBuilt(root) {
  const stamp = join(builtFolder(root), STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash(root);
}

/** Builds the window beside the one that is there, then swaps; or a sentence about what stopped it. */
export async function build(root, node) {
  const hash = sourcesHash(root);
  const beside = `${builtFolder(root)}.new`;
  rmSync(beside, { recursive: true, force: true });
  await step("Building the window", async () => {
    const builder = join(root, "node_modules", "electron-vite", "bin", "electron-vite.js");
    const args = [builder, "build", "--logLevel", "error", "--outDir", beside];
    const { code, output } = await run(node, args, { cwd: root });
    if (code !== 0) throw new SetUpProblem(`The window could not be built: ${firstLine(output)}`);
  });
  writeFileSync(join(beside, STAMP), hash);
  swapIn(beside, builtFolder(root));
}

function firstLine(output) {
  const lines = output.split("\n").map((line) => line.trim());
  return lines.find((line) => /error/i.test(line)) ?? lines.find(Boolean) ?? "electron-vite ended without a word";
}

function sourcesHash(root) {
  const hash = createHash("sha256");
  for (const source of SOURCES) add(hash, root, source);
  return hash.digest("hex");
}

function add(hash, root, path) {
  const absolute = join(root, path);
  const children = foldersChildren(absolute);
  if (children) for (const child of children.sort()) add(hash, root, `${path}/${child}`);
  else if (existsSync(absolute)) hash.update(`${path}\0`).update(readFileSync(absolute)).update("\0");
}

function foldersChildren(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}
