/** The window's pages, built when their sources changed since the last build. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpProblem } from "./problem.mjs";
import { run, step } from "./processes.mjs";

/** What the build reads. `engine` is not here: the pages take only types from it. */
const SOURCES = ["src-renderer", "src-main/contract", "vite.config.ts", "package-lock.json"];
const STAMP = ".sources";

export function isBuilt(root) {
  const stamp = join(root, "out", "renderer", STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash(root);
}

export async function buildRenderer(root, node) {
  const hash = sourcesHash(root);
  const built = join(root, "out", "renderer");
  const beside = join(root, "out", "renderer.new");
  await step("Building the window's pages", async () => {
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    const args = [vite, "build", "--logLevel", "error", "--outDir", beside, "--emptyOutDir"];
    const { code, output } = await run(node, args, { cwd: root });
    if (code !== 0) throw new SetUpProblem(`The window's pages could not be built: ${firstLine(output)}`);
  });
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, STAMP), hash);
  rmSync(built, { recursive: true, force: true });
  renameSync(beside, built);
}

function firstLine(output) {
  const lines = output.split("\n").map((line) => line.trim());
  return lines.find((line) => /error/i.test(line)) ?? lines.find(Boolean) ?? "vite ended without a word";
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
