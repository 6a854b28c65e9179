/** Pictures that Strata was told to open from outside: a folder or file by a word of the command line, or a folder by a link `strata://open?folder=…`. */
import { realpathSync, type Stats, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { browsedEndings } from "../contract/dataset.ts";
import { isNetworkPath, mayBeLinked } from "./local-path.ts";

export const linkScheme = "strata";

export interface OpenRequest {
  readonly path: string;
  /** Links come from anywhere, web pages included: the person is asked first. */
  readonly isFromLink: boolean;
}

/**
 * What a command line names; null where it names nothing that is there.
 * @param words the command line after the program, and in a clone after the app's folder
 * @param workingFolder that relative paths are from
 */
export function requestFromWords(words: readonly string[], workingFolder: string): OpenRequest | null {
  for (const word of words.filter((each) => !each.startsWith("-"))) {
    const isFromLink = isLink(word);
    const path = isFromLink ? folderFromLink(word) : existingPictures(resolve(workingFolder, word));
    if (path !== null) return { path, isFromLink };
  }
  return null;
}

/** Browsers and systems hand on the scheme in whatever case it was written. */
function isLink(word: string): boolean {
  return word.toLowerCase().startsWith(`${linkScheme}:`);
}

/** The folder of a link; null where it names none that is there, or that a link may not name. */
export function folderFromLink(link: string): string | null {
  const folder = pathOfLink(link);
  if (folder === null || !mayBeLinked(folder) || existingFolder(folder) === null) return null;
  try {
    // Where a symbolic link on the way leads elsewhere.
    return mayBeLinked(realpathSync.native(folder)) ? folder : null;
  } catch {
    return null;
  }
}

/** As the link has it, with nothing looked at. */
function pathOfLink(link: string): string | null {
  try {
    const { protocol, host, searchParams } = new URL(link);
    return protocol === `${linkScheme}:` && host === "open" ? searchParams.get("folder") : null;
  } catch {
    return null; // no address at all
  }
}

/** The path where a folder of this machine is there, else null. */
export function existingFolder(path: string): string | null {
  return found(path)?.isDirectory() ? path : null;
}

/** The same for a folder, an archive, or another file of many pictures, by the end of its name; what it is, the engine says. */
export function existingPictures(path: string): string | null {
  const isFile = browsedEndings.pictures.test(basename(path)) && found(path)?.isFile();
  return isFile ? path : existingFolder(path);
}

function found(path: string): Stats | null {
  if (isNetworkPath(path)) return null;
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null; // out of this user's reach, or no path at all
  }
}
