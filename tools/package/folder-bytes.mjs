/** The size of all that lies in a folder, or of a file. */
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** @param {string} path @returns {number} */
export function folderBytes(path) {
  const found = lstatSync(path);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + folderBytes(join(path, name)), 0);
}
