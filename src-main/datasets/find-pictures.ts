/** Pictures that a person names by folders, archives and files, without asking how they are sorted: any may be looked at, and a folder may name a class. */
import { statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { StrataError } from "../contract/errors.ts";
import { openContainer } from "./containers/open-container.ts";
import { filesUnder, mayBePicture } from "./readings/folder-tree.ts";

/** Pictures that stand in one folder or archive. */
export interface FoundPictures {
  /** Of the folder or archive. */
  readonly path: string;
  /** In it, with forward slashes. */
  readonly names: readonly string[];
}

/**
 * In the order of the paths, and in that of a walk.
 * @throws StrataError `data.not-found`, `data.no-permission`, `archive.*`, `file.no-answer`; `data.no-picture-found` where there is none in all of them
 */
export async function findPictures(paths: readonly string[]): Promise<readonly FoundPictures[]> {
  const found: FoundPictures[] = [];
  for (const path of paths) {
    const place = resolve(path);
    if (isOnePicture(place)) found.push({ path: dirname(place), names: [basename(place)] });
    else {
      const { tree } = await (await openContainer(place)).list({});
      found.push({ path: place, names: filesUnder(tree).filter(mayBePicture) });
    }
  }
  if (found.every(({ names }) => names.length === 0))
    throw new StrataError("data.no-picture-found", { paths: paths.join(", ") });
  return found;
}

/** What is no folder and has the name of no archive or list; what it really is, its bytes say when it is read. */
function isOnePicture(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true && mayBePicture(path);
}
