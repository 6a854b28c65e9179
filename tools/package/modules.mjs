/** node_modules with the packages of another system: npm brings them without running any. */
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { thisMachine } from "../native/targets.mjs";
import { callNpm } from "../set-up/dependencies.mjs";
import { step } from "../set-up/processes.mjs";

/** @returns {Promise<string>} a folder whose node_modules are for this system: the clone itself for its own; another's is kept for as long as the lockfile stays */
export async function modulesFor(root, target) {
  if (target === thisMachine) return root;
  const folder = join(root, "out", "package", "modules", target);
  const stamp = join(folder, "complete");
  const lock = readFileSync(join(root, "package-lock.json"));
  const wanted = createHash("sha256").update(lock).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ["package.json", "package-lock.json", ".npmrc"])
    copyFileSync(join(root, name), join(folder, name));
  const [os, cpu] = target.split("-");
  await step(`Fetching npm's packages for ${target}`, () =>
    callNpm(["ci", "--ignore-scripts", "--omit=dev", "--include=optional", `--os=${os}`, `--cpu=${cpu}`], folder),
  );
  writeFileSync(stamp, wanted);
  return folder;
}
