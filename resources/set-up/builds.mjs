/** What is built: the window's pages and its shell, each when its sources changed since its last build. The engine runs as it stands. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpProblem } from "./problem.mjs";
import { run, step } from "./processes.mjs";

const BUILDS = [
  {
    title: "the window's pages",
    folder: "renderer",
    // `engine` is not here: the pages take only types from it.
    sources: ["src-renderer", "src-main/contract", "vite.config.ts", "package-lock.json"],
    runs: [[]],
  },
  {
    title: "the window's shell",
    folder: "shell",
    sources: [
      "src-main/shell",
      "src-main/entrypoints",
      "src-main/contract",
      "src-main/platform/paths.ts",
      "vite.shell.config.ts",
      "package-lock.json",
    ],
    runs: ["main", "preload"].map((mode) => ["--config", "vite.shell.config.ts", "--mode", mode]),
  },
];
const STAMP = ".sources";

export function areBuilt(root) {
  return BUILDS.every((build) => isBuilt(root, build));
}

/** Makes what is missing or old; all of it, or a sentence about what stopped it. */
export async function makeBuilds(root, node) {
  for (const build of BUILDS) if (!isBuilt(root, build)) await make(root, node, build);
}

function isBuilt(root, { folder, sources }) {
  const stamp = join(root, "out", folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesHash(root, sources);
}

async function make(root, node, { title, folder, sources, runs }) {
  const hash = sourcesHash(root, sources);
  const built = join(root, "out", folder);
  const beside = join(root, "out", `${folder}.new`);
  rmSync(beside, { recursive: true, force: true });
  await step(`Building ${title}`, async () => {
    const vite = join(root, "node_modules", "vite", "bin", "vite.js");
    for (const own of runs) {
      const args = [vite, "build", ...own, "--logLevel", "error", "--outDir", beside];
      const { code, output } = await run(node, args, { cwd: root });
      if (code !== 0) throw new SetUpProblem(`${capital(title)} could not be built: ${firstLine(output)}`);
    }
  });
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, STAMP), hash);
  rmSync(built, { recursive: true, force: true });
  renameSync(beside, built);
}

function capital(title) {
  return title[0].toUpperCase() + title.slice(1);
}

function firstLine(output) {
  const lines = output.split("\n").map((line) => line.trim());
  return lines.find((line) => /error/i.test(line)) ?? lines.find(Boolean) ?? "vite ended without a word";
}

function sourcesHash(root, sources) {
  const hash = createHash("sha256");
  for (const source of sources) add(hash, root, source);
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
