import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** As `src-main/platform/make-folder.ts`, which Node 18 cannot read: Node's own `recursive` tries for ever below `/proc`. */
export function makeFolder(path) {
  if (isFolder(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (thrown) {
    if (!isFolder(path)) throw thrown;
  }
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
