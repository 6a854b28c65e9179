/** Where a program lies, by the folders that `PATH` names. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of these that is there, a name with a slash being a path already; null for none. */
export function findProgram(names: readonly string[], environment: NodeJS.ProcessEnv): string | null {
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const folders = (environment.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = names.flatMap((name) =>
    name.includes("/") ? [name] : folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))),
  );
  return candidates.find((path) => existsSync(path)) ?? null;
}
