/** The licences of everything that a package brings: TensorFlow's and Node's as files, those of npm's packages one after the other in one. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchWheel, unpack } from "../native/provision.mjs";
import { cacheFolder } from "../native/runtime.mjs";
import { TARGETS, thisMachine } from "../native/targets.mjs";
import { inWords } from "../set-up/problem.mjs";
import { pythonHere } from "./programs.mjs";

/** What the pages are built from; the rest of what they hold, these bring along. */
const IN_PAGES = [
  "svelte",
  "bits-ui",
  "chart.js",
  "chartjs-plugin-annotation",
  "chartjs-plugin-zoom",
  "@lucide/svelte",
];
const FONTS = ["@fontsource/ibm-plex-sans", "@fontsource-variable/bricolage-grotesque"];
const NOTICES = [
  "?*.dist-info/LICENSE*",
  "?*.dist-info/licenses/*",
  "?*.dist-info/License*",
  "?*/THIRD_PARTY_NOTICES.txt",
  "?tensorflow/include/LICENSE",
];

const NODE_HERE = TARGETS[thisMachine]?.node.split("/")[0] ?? "";
const APACHE = join("src-main", "tensorflow", "protobuf", "generated", "LICENSE");

/** @param modules folder whose node_modules the engine's packages came from; only this machine's Node is sure to have its licence beside it */
export async function stageLicences(root, folder, { packages, modules, runtime, pythonVersion }) {
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, "LICENSE"), join(folder, "strata.txt"));
  cpSync(join(root, "node_modules", NODE_HERE, "LICENSE"), join(folder, "node.txt"));
  const all = [...new Set([...packages, ...packagesInPages(root)])].sort();
  const texts = all.map((path) => licenceOf(root, path, packages.includes(path) ? modules : root));
  writeFileSync(join(folder, "npm-packages.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
  for (const wheel of runtime.wheels) {
    const notices = await noticesOf(wheel, pythonVersion).catch((thrown) => {
      throw inWords(thrown, cacheFolder(), "STRATA_CACHE");
    });
    cpSync(notices, join(folder, wheel.package), { recursive: true });
  }
}

/** Folders of what the pages are built from. @returns {string[]} */
export function packagesInPages(root) {
  return closure(
    root,
    [...IN_PAGES, ...FONTS].map((name) => `node_modules/${name}`),
  );
}

/** Names of what the packages need, and what those need. */
function closure(root, paths) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const found = new Set();
  const visit = (path) => {
    if (found.has(path) || !packages[path]) return;
    found.add(path);
    for (const name of Object.keys(packages[path].dependencies ?? {})) {
      const inside = `${path}/node_modules/${name}`;
      visit(packages[inside] ? inside : `node_modules/${name}`);
    }
  };
  for (const path of paths) visit(path);
  return [...found];
}

/** Name, version and licence of a package, and the text that its terms want to go along. */
export function licenceOf(root, path, modules = root) {
  const folder = join(modules, path);
  const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|ofl)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  const by = typeof author === "string" ? author : author?.name;
  if (texts.length === 0) texts.push(`The package brings no text of it${by ? `; it is by ${by}` : ""}.`);
  // Its terms want the text to go along, which is the same for all.
  if (files.length === 0 && /Apache-2\.0/.test(license)) texts.push(readFileSync(join(root, APACHE), "utf8").trim());
  return `${name} ${version}, licence: ${typeof license === "string" ? license : JSON.stringify(license ?? "see below")}\n\n${texts.join("\n\n")}\n`;
}

/** A wheel's own licence and notices, fetched once and kept: set-up takes the libraries alone. */
async function noticesOf(wheel, pythonVersion) {
  const cache = join(cacheFolder(), "notices");
  const kept = join(cache, `${wheel.package}-${wheel.version}`);
  if (existsSync(kept)) return kept;
  const wheels = join(cache, "wheels");
  const python = pythonHere();
  const path = await fetchWheel(wheel, wheels, python, pythonVersion);
  const beside = `${kept}.new`;
  rmSync(beside, { recursive: true, force: true });
  await unpack(python, path, beside, { ...wheel, take: NOTICES });
  cpSync(beside, kept, { recursive: true });
  rmSync(beside, { recursive: true });
  rmSync(wheels, { recursive: true });
  return kept;
}
