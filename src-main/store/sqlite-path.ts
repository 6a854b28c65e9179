import { win32 } from "node:path";

/** What Windows takes of a path in its usual form, less the longest name that SQLite puts behind it (`-journal`). */
const mostUsualLetters = 259 - 8;

/** As SQLite is to be given a path: Windows refuses a long one that is not written in its long form, which Node's own calls do by themselves. */
export function sqlitePath(path: string, platform: NodeJS.Platform = process.platform): string {
  return platform === "win32" && path.length > mostUsualLetters ? win32.toNamespacedPath(path) : path;
}
