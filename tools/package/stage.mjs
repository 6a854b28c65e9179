/**
 * What goes into a package, laid out beside where it is built: `app` (pages and shell, for Electron), `engine` (Node, sources, packages, native runtime),
 * `licences`. Everything that is not used when the app runs stays behind.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { SetUpProblem } from "../set-up/problem.mjs";
import { run } from "../set-up/processes.mjs";
import { programOf } from "./programs.mjs";

/** Packages that something names but nothing loads: types, and what Node 24 has itself. Node comes along by itself. */
const UNUSED_PACKAGES =
  /^(typescript|core-js|regenerator-runtime|@types\/.*|node-(bin-)?(linux|darwin|win)-.*|@mapbox\/.*)$/;
/** Files of packages that are for people and compilers. */
const UNUSED_FILES =
  /(\.d\.[cm]?ts|\.[cm]?ts|\.map|\.md|\.markdown|\.flow|\.gyp|\.cc|\.h|tsconfig.*\.json|\.tsbuildinfo)$/i;
const UNUSED_FOLDERS = /^(test|tests|__tests__|bench|benchmark|benchmarks|coverage|example|examples|docs|\.github)$/i;
/** tfjs brings each of its parts in a dozen bundles; Node's is the one that is loaded. */
const TFJS_PART = /^@tensorflow\/tfjs(-core|-layers|-converter|-data|-backend-cpu|-backend-webgl)?$/;
/** Sources and set-up of what is there already built. */
const UNUSED_INSIDE = {
  "@tensorflow/tfjs-node-gpu": /^(binding|scripts|deps|build|lib|src)$/,
  "better-sqlite3": /^(deps|src)$/,
  // What is used is its WebAssembly.
  "libheif-js": /^libheif$/,
};

/** @param packageJson its `homepage` is where installers say that the program comes from, which they must; `.invalid` leads nowhere until there is a site */
export function stageApp(root, folder, packageJson) {
  const { version, description, license, homepage } = packageJson;
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "out", "window"), join(folder, "out", "window"), { recursive: true });
  mkdirSync(join(folder, "resources", "icons"), { recursive: true });
  cpSync(join(root, "resources", "icons", "icon.png"), join(folder, "resources", "icons", "icon.png"));
  // Nothing to install: the shell holds all that it needs.
  const manifest = {
    name: "strata",
    productName: "Strata",
    version,
    description,
    license,
    author: "Strata",
    homepage,
    // The window's class on Linux, by which a desktop finds the entry, and so the icon, that belongs to it.
    desktopName: "strata.desktop",
    main: "out/window/main/main.cjs",
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
}

/**
 * @param target the system that it is for
 * @param modules folder whose node_modules has that system's packages
 * @param commit of the sources, which no git in a package could tell; null where it is not known
 * @returns {Promise<string[]>} names of the packages that went along
 */
export async function stageEngine(root, folder, { target, modules, native, node, packageJson, commit }) {
  mkdirSync(folder, { recursive: true });
  const ofWindow = [
    join("src-main", "shell"),
    join("src-main", "entrypoints", "main.ts"),
    join("src-main", "entrypoints", "preload.ts"),
  ];
  cpSync(join(root, "src-main"), join(folder, "src-main"), {
    recursive: true,
    // Declarations are for the compiler.
    filter: (path) => !ofWindow.includes(relative(root, path)) && !path.endsWith(".d.ts"),
  });
  // For browsers on this machine or its network.
  const pages = join("out", "window", "renderer");
  cpSync(join(root, pages), join(folder, pages), { recursive: true });
  const { name, version, type } = packageJson;
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version, commit, type }));
  const packages = stagePackages(modules, folder, target);
  cpSync(node, join(folder, basename(node)));
  stageNative(native, join(folder, "native"));
  // macOS's signatures would not survive it, and Windows has symbols in files of their own.
  if (target.startsWith("linux"))
    await strip([join(folder, basename(node)), ...nativeFiles(native).map((path) => join(folder, "native", path))]);
  stageCommand(folder, target);
  return packages;
}

/** Folders of node_modules that `npm ci --omit=dev` would have made, as far as its platform has them. */
export function productionPackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== "" && !dev && !devOptional && existsSync(join(root, path)))
    .map(([path]) => path);
}

function stagePackages(root, folder, target) {
  const taken = productionPackages(root).filter((path) => !UNUSED_PACKAGES.test(nameOf(path)));
  for (const path of taken) {
    const from = join(root, path);
    const name = nameOf(path);
    cpSync(from, join(folder, path), {
      recursive: true,
      filter: (inside) => isUsed(name, relative(from, inside).split(sep), target),
    });
  }
  return taken;
}

/** @param {string[]} inside parts of the path within the package */
function isUsed(name, inside, target) {
  const [first = ""] = inside;
  const file = inside.at(-1) ?? "";
  if (first === "" || file === "package.json") return true;
  // Packages inside are copied in their own turn.
  if (first === "node_modules" || UNUSED_INSIDE[name]?.test(first)) return false;
  if (/^licen[cs]e/i.test(file)) return true;
  if (TFJS_PART.test(name))
    return first === "dist" && (inside.length === 1 || (inside.length === 2 && file.endsWith(".node.js")));
  if (name === "better-sqlite3" && first === "prebuilds" && inside.length > 1)
    return String(inside[1]).startsWith(target);
  return !UNUSED_FOLDERS.test(file) && !UNUSED_FILES.test(file);
}

/** `@scope/name` of a path in node_modules, however deep. */
function nameOf(path) {
  return path.split("node_modules/").at(-1);
}

/** Libraries and binding without the headers that the binding was compiled with. */
function stageNative(from, to) {
  for (const path of nativeFiles(from)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path), { dereference: true });
  }
}

function nativeFiles(folder) {
  const { files } = JSON.parse(readFileSync(join(folder, "complete.json"), "utf8"));
  return Object.keys(files).filter((path) => !path.includes("/include/"));
}

/** Takes symbols away that only debuggers read. */
async function strip(paths) {
  const program = programOf("strip");
  for (const path of paths) {
    chmodSync(path, 0o755);
    const { code, output } = await run(program, ["--strip-unneeded", path]);
    if (code !== 0 && !/file format not recognized/.test(output))
      throw new SetUpProblem(`${basename(path)} could not be stripped (${output.trim()}): mend that and start again.`);
  }
}

/** `strata`, the command line of an installed app. */
function stageCommand(folder, target) {
  mkdirSync(join(folder, "bin"), { recursive: true });
  const entry = "src-main/entrypoints/cli.ts";
  if (target.startsWith("win32")) {
    const lines = [
      "@echo off",
      'set "STRATA_NATIVE=%~dp0..\\native"',
      `"%~dp0..\\node.exe" "%~dp0..\\${entry.replaceAll("/", "\\")}" %*`,
      "",
    ];
    writeFileSync(join(folder, "bin", "strata.cmd"), lines.join("\r\n"));
    return;
  }
  if (target.startsWith("linux")) {
    const command = join(folder, "bin", "strata");
    cpSync(join(import.meta.dirname, "strata.sh"), command);
    chmodSync(command, 0o755);
    return;
  }
  const lines = [
    "#!/bin/sh",
    "# Links to this file are followed, so that it may stand in a folder of the PATH.",
    'engine="$(dirname "$(dirname "$(readlink -f "$0" 2>/dev/null || echo "$0")")")"',
    `STRATA_NATIVE="$engine/native" exec "$engine/node" "$engine/${entry}" "$@"`,
    "",
  ];
  writeFileSync(join(folder, "bin", "strata"), lines.join("\n"), { mode: 0o755 });
}

/** Electron's own files, in a folder that may be another app's. */
const ELECTRONS_OWN =
  /^(electron(\.exe)?|Electron\.app|chrome-sandbox|chrome_crashpad_handler|version|LICENSE.*|.*\.pak|.*\.so(\.\d+)?|.*\.dll|icudtl\.dat|.*snapshot.*\.bin|vk_swiftshader_icd\.json|locales)$/;

/** What Electron's distribution has, of a folder that holds an Electron, which may be another app's; nothing that app added. */
export function stageElectron(from, to) {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path === from || ELECTRONS_OWN.test(relative(from, path).split(sep)[0] ?? ""),
  });
  if (!existsSync(join(to, "Electron.app"))) mkdirSync(join(to, "resources"), { recursive: true });
}
