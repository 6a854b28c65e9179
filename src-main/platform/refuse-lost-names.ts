import { parse, resolve } from "node:path";
import { StrataError } from "../contract/errors.ts";
import { firstNameLostOnWindows } from "../domain/file-names.ts";

/**
 * A folder that a person names to be written. Node makes folders of such names on Windows all the same, and no other program there can open or delete them.
 * @throws StrataError `disk.reserved-name`, on Windows alone
 */
export function refuseLostNames(folder: string, platform: NodeJS.Platform = process.platform): void {
  if (platform !== "win32") return;
  const path = process.platform === "win32" ? resolve(folder) : folder;
  const name = firstNameLostOnWindows(path.slice(parse(path).root.length));
  if (name !== null) throw new StrataError("disk.reserved-name", { name, path });
}
