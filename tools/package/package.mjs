/**
 * `npm run package [-- --for linux,windows] [--kinds deb,exe] [--flavour gpu] [--electron pip] [--dir] [--quick]`: Strata with everything inside, for the named
 * systems or the one that it runs on. `--dir` leaves it a folder, `--quick` leaves Windows' installer uncompressed. Whatever cannot be made is named, and the rest
 * is made.
 */
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inWords, SetUpProblem } from "../set-up/problem.mjs";
import { endWithLauncher, say, step } from "../set-up/processes.mjs";
import { billOfMaterials } from "./bill-of-materials.mjs";
import { writeChecksums } from "./checksums.mjs";
import { folderBytes } from "./folder-bytes.mjs";
import { layOut } from "./lay-out.mjs";
import { hindranceOf, makePackage } from "./makers.mjs";
import { reportOf } from "./report.mjs";
import { readRequest } from "./systems.mjs";

const root = join(import.meta.dirname, "..", "..");

/** @typedef {{ title: string, path?: string, isFolder?: boolean, bytes?: number, seconds?: number, reason?: string }} Outcome what was made, or why it was not */

/** @returns {Promise<Outcome[]>} */
async function makeAll(request, ownNative) {
  const folder = join(root, "out", "package", request.flavour);
  const made = join(folder, "made");
  rmSync(folder, { recursive: true, force: true });
  const outcomes = [];
  for (const system of request.systems) {
    const stage = join(folder, system.name);
    outcomes.push(...(await makeForSystem({ system, request, stage, made, ownNative })));
    rmSync(stage, { recursive: true, force: true });
  }
  // electron-builder's notes to itself, with paths of this machine.
  rmSync(join(made, "builder-debug.yml"), { force: true });
  const files = outcomes.flatMap(({ path, isFolder }) => (path && !isFolder ? [path] : []));
  if (files.length > 0) await writeChecksums(made, files);
  return outcomes;
}

async function makeForSystem({ system, request, stage, made, ownNative }) {
  const kinds = request.isFolderOnly ? [] : system.kinds;
  const title = (kind) => `${kind} for ${system.name}`;
  const judged = kinds.map((kind) => ({ title: title(kind), kind, reason: hindranceOf(kind, request) }));
  const possible = judged.filter(({ reason }) => reason === null);
  const outcomes = judged.filter(({ reason }) => reason !== null);
  if (possible.length === 0 && !request.isFolderOnly) return outcomes;

  const folder = await attempt(title("folder"), async () => {
    const laid = await layOut({ root, system, request, stage, made, ownNative });
    return { laid, path: laid.unpacked };
  });
  outcomes.push({ ...folder, isFolder: true });
  if (!folder.laid)
    return [...outcomes, ...possible.map((one) => ({ ...one, reason: "its folder could not be made." }))];
  if (request.isFolderOnly) return outcomes;
  const { inside, ...laid } = folder.laid;
  const stem = join(made, `strata-${laid.version}-${system.name}-${system.target.split("-")[1]}-${request.flavour}`);
  const context = { ...laid, root, system, stage, stem, isQuick: request.isQuick };
  for (const { kind } of possible)
    outcomes.push(await attempt(title(kind), async () => ({ path: await makePackage(kind, context) })));
  const bill = await attempt(title("bill of materials"), async () => {
    const path = `${stem}.cdx.json`;
    writeFileSync(path, JSON.stringify(await billOfMaterials(root, inside), null, 1));
    return { path };
  });
  return [...outcomes, bill];
}

/** Its result with size and time, or the reason why there is none: one package's trouble is not another's. */
async function attempt(title, work) {
  const startedAt = Date.now();
  try {
    const result = await step(title, work);
    return { title, ...result, bytes: folderBytes(result.path), seconds: (Date.now() - startedAt) / 1000 };
  } catch (thrown) {
    return { title, reason: reasonOf(thrown) };
  }
}

/** In words where they are known, with what the system said beside, which names the file; anything else is a mistake of ours, and is told whole. */
function reasonOf(thrown) {
  if (thrown instanceof SetUpProblem) return thrown.message;
  const problem = inWords(thrown, join(root, "out"));
  return problem === thrown ? (thrown.stack ?? String(thrown)) : `${problem.message} (${thrown.message})`;
}

/** Of a folder what it is made of. */
function sayParts(unpacked) {
  const resources = [join("resources"), join("Strata.app", "Contents", "Resources")]
    .map((path) => join(unpacked, path))
    .find(existsSync);
  if (!resources) return;
  const engine = ["node", "node.exe", "native", "node_modules", "src-main", "out"].map((name) => join("engine", name));
  for (const part of [...engine, "app.asar", "licences"]) {
    const path = join(resources, part);
    if (existsSync(path)) say(`  ${basename(part)}: ${(folderBytes(path) / 1e6).toFixed(1)} MB`);
  }
}

endWithLauncher();
const [native, ...words] = process.argv.slice(2);
try {
  const startedAt = Date.now();
  const outcomes = await makeAll(readRequest(words), native);
  for (const line of reportOf(outcomes)) say(line);
  say(`All in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
  for (const { path, isFolder } of outcomes) if (isFolder && path) sayParts(path);
  if (outcomes.some(({ reason }) => reason)) process.exitCode = 1;
} catch (thrown) {
  if (!(thrown instanceof SetUpProblem)) throw thrown;
  say(thrown.message);
  process.exitCode = 1;
}
