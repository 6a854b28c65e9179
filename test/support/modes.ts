import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Who may do what with a file or folder, as `ls` has it in numbers: `600`. */
export function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8);
}

/** All below a folder, and it, that anybody but the person may do something with. */
export function openToOthers(folder: string): readonly string[] {
  return [
    folder,
    ...readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  ].filter((path) => (statSync(path).mode & 0o077) !== 0);
}
