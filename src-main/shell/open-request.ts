/** A folder that Strata was told to open from outside: a word of the command line, or a link `strata://open?folder=…`. */
import { statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

export const linkScheme = "strata";

/**
 * The folder that a command line names; null where it names none that is there.
 * @param words the command line after the program, and in a clone after the app's folder
 * @param workingFolder that relative paths are from
 */
export function folderFromWords(words: readonly string[], workingFolder: string): string | null {
  for (const word of words.filter((each) => !each.startsWith("-"))) {
    const folder = word.startsWith(`${linkScheme}:`)
      ? folderFromLink(word)
      : existingFolder(resolve(workingFolder, word));
    if (folder !== null) return folder;
  }
  return null;
}

/**
 * The folder of a link. Links come from anywhere, web pages included: it may only name a folder of this machine. A Windows network path would send this
 * user's name and password hash to whoever the link says.
 */
export function folderFromLink(link: string): string | null {
  try {
    const { protocol, host, searchParams } = new URL(link);
    const folder = searchParams.get("folder");
    if (protocol !== `${linkScheme}:` || host !== "open" || folder === null) return null;
    return isAbsolute(folder) ? existingFolder(folder) : null;
  } catch {
    return null; // no address at all
  }
}

/** The path where a folder of this machine is there, else null. */
export function existingFolder(path: string): string | null {
  if (/^(\\\\|\/\/)/.test(path)) return null;
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? path : null;
}
