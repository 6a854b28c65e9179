/**
 * `npm run package [-- --dir] [-- --flavour gpu]`: Strata with everything inside, for the system that it runs on. `--dir` leaves it a folder.
 * deb and rpm are made by the system's own programs. Where an Electron was given by ELECTRON_OVERRIDE_DIST_PATH nothing is fetched: these two are all that is made
 * then, and elsewhere than on Linux a folder.
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "electron-builder";
import { commitOfClone } from "../../src-main/platform/version.ts";
import { chooseRuntime } from "../native/runtime.mjs";
import { node24 } from "../set-up/dependencies.mjs";
import { inWords, SetUpProblem } from "../set-up/problem.mjs";
import { endWithLauncher, findProgram, say, step } from "../set-up/processes.mjs";
import { builderConfig } from "./builder-config.mjs";
import { writeChecksums } from "./checksums.mjs";
import { stageLicences } from "./licences.mjs";
import { stageApp, stageElectron, stageEngine } from "./stage.mjs";

const root = join(import.meta.dirname, "..", "..");
const read = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));

/** @returns {Promise<string>} the folder with what was made */
async function makePackage({ flavour, native, isFolderOnly }) {
  const folder = join(root, "out", "package", flavour);
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const electronDist = given ? join(folder, "electron") : undefined;
  await step("Laying the package out", async () => {
    rmSync(folder, { recursive: true, force: true });
    await stageAll(folder, { flavour, native, given, electronDist });
  }).catch((thrown) => {
    throw inWords(thrown, folder);
  });
  const electronVersion = read("node_modules", "electron", "package.json").version;
  const runtimeVersion = electronDist
    ? readFileSync(join(electronDist, "version"), "utf8").replace(/^v/, "")
    : electronVersion;
  const config = builderConfig({ root, folder, flavour, electronVersion, electronDist, runtimeVersion });
  const isLinux = process.platform === "linux";
  const isFolder = isFolderOnly || (given !== undefined && !isLinux);
  if (isLinux && !isFolder) requirePackers();
  const targets = isLinux && !isFolder ? { linux: given ? ["deb", "rpm"] : ["AppImage", "deb", "rpm"] } : {};
  const made = await build({ config, projectDir: root, dir: isFolder, publish: "never", ...targets }).catch(
    (thrown) => {
      if (!/ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET/.test(thrown.message)) throw thrown;
      throw new SetUpProblem(
        "electron-builder could not fetch Electron or its makers of installers: check the network, or name a folder with Electron by " +
          "ELECTRON_OVERRIDE_DIST_PATH for a package that is a folder.",
      );
    },
  );
  await writeChecksums(join(folder, "made"), made);
  return join(folder, "made");
}

/** electron-builder would fetch fpm, a Ruby of its own; Debian's apt has what makes its debs and rpms (packages dpkg and rpm). */
function requirePackers() {
  for (const [program, bringer] of Object.entries({ "dpkg-deb": "dpkg", rpmbuild: "rpm" }))
    if (!findProgram([program]))
      throw new SetUpProblem(`${program} was not found: install ${bringer}, or make a folder by --dir.`);
  process.env.CUSTOM_FPM_PATH = join(import.meta.dirname, "fpm.mjs");
}

async function stageAll(folder, { flavour, native, given, electronDist }) {
  const packageJson = read("package.json");
  const node = node24(root);
  const manifest = read("tools", "native", "manifest.json");
  const bindingPackage = join(root, "node_modules", "@tensorflow", "tfjs-node-gpu");
  const { runtime } = chooseRuntime(manifest, bindingPackage, flavour);
  stageApp(root, join(folder, "app"), packageJson);
  const packages = await stageEngine(root, join(folder, "engine"), {
    ...{ native, node, packageJson },
    commit: commitOfClone(root),
  });
  const nodePackage = join("node_modules", node.split("node_modules")[1].split(/[\\/]/)[1]);
  await stageLicences(root, join(folder, "licences"), { packages, nodePackage, runtime, python: manifest.python });
  if (electronDist) stageElectron(given, electronDist);
}

/** Megabytes of each part, for whoever asks what a package is made of. */
function saySizes(made) {
  for (const entry of readdirSync(made)) say(`${basename(made)}/${entry}: ${megabytes(join(made, entry))} MB`);
  const unpacked = readdirSync(made).find((name) => name.endsWith("unpacked"));
  if (!unpacked) return;
  const engine = join(made, unpacked, "resources", "engine");
  const parts = ["node", "native", "node_modules", "src-main", "out"].map((name) => join(engine, name));
  for (const path of [
    ...parts,
    join(made, unpacked, "resources", "app.asar"),
    join(made, unpacked, "resources", "licences"),
  ])
    if (existsSync(path)) say(`  ${basename(path)}: ${megabytes(path)} MB`);
}

function megabytes(path) {
  const bytes = (at) => {
    const found = statSync(at);
    return found.isDirectory() ? readdirSync(at).reduce((sum, name) => sum + bytes(join(at, name)), 0) : found.size;
  };
  return (bytes(path) / 1e6).toFixed(1);
}

endWithLauncher();
const [flavour, native, ...options] = process.argv.slice(2);
try {
  saySizes(await makePackage({ flavour, native, isFolderOnly: options.includes("--dir") }));
} catch (thrown) {
  if (!(thrown instanceof SetUpProblem)) throw thrown;
  say(thrown.message);
  process.exitCode = 1;
}
