/** A folder on a disk as a container. */
import { resolve, sep } from "node:path";
import { readFolderTree } from "../readings/folder-tree.ts";
import { type Container, wholeFile } from "./container.ts";

export function openFolderContainer(path: string): Container {
  const folder = resolve(path);
  const inside = folder.endsWith(sep) ? folder : folder + sep;
  return {
    list: (options) => readFolderTree(folder, options),
    async find(name) {
      const at = resolve(folder, name);
      return at.startsWith(inside) ? wholeFile(at) : { code: "outside-archive" };
    },
  };
}
