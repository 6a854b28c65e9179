/** What the desktop tier needs of this machine, and how its network is cut off. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { findProgram, run } from "./processes.mjs";

const LIBRARIES = "libgtk-3-0 libnss3 libasound2 libgbm1";

/** @returns {Promise<{folder: string} | {hindrance: string}>} a folder with an Electron that can show windows here, or why there is none */
export async function electronForTests(root) {
  if (process.platform !== "linux") return { hindrance: "they run on Linux, under Xvfb" };
  if (!findProgram(["Xvfb"])) return { hindrance: "Xvfb is not installed: apt-get install xvfb" };
  const folder = runtimeFolder(root);
  if (!folder)
    return { hindrance: "there is no Electron runtime: set ELECTRON_OVERRIDE_DIST_PATH, or start the window once" };
  const { output } = await run("ldd", [join(folder, "electron")]);
  const missing = output.match(/^\s*(\S+) => not found/m)?.[1];
  return missing ? { hindrance: `Electron lacks ${missing}: apt-get install ${LIBRARIES}` } : { folder };
}

function runtimeFolder(root) {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const fetched = join(root, "node_modules", "electron", "dist");
  return [given, fetched].find((folder) => folder && existsSync(join(folder, "electron"))) ?? null;
}

/** Words to put before a command so that it has a loopback of its own and no other network; null where this machine does not allow it. */
export async function withoutNetwork() {
  const words = ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"];
  const [command, ...args] = words;
  return (await run(command, [...args, "true"])).code === 0 ? words : null;
}
