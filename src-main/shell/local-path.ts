/**
 * What a path's text alone says of where it leads. On Windows merely looking at a network path sends this user's name and password hash to whoever the
 * path names, so the text is judged before anything looks. Pure.
 */
import { posix, win32 } from "node:path";

/** Windows takes both slashes for the same, in any mix. */
const slashed = (path: string) => path.replaceAll("\\", "/");

/** `\\server\share`, `\\?\…`, `\\.\…` and `\??\…`, in whatever slashes: a network path, or one that names a device past the usual names. */
export function isNetworkPath(path: string): boolean {
  return /^\/(\/|\?\?(\/|$))/.test(slashed(path));
}

/** Names that Windows takes for a device in every folder, whatever stands after a dot. */
const windowsDevice = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ ]*(\.|$)/i;
/** What no name on Windows may hold; a second colon would name a stream. */
const notInWindowsNames = /[\p{Cc}?*<>|":]/u;
/** Devices, the kernel's own files, and where other machines' disks appear when somebody looks. */
const unlinkedRoots: readonly string[] = ["dev", "proc", "sys", "net", "Network", "afs"];

/**
 * Whether a link, which comes from anywhere, may name this path: an absolute one, on a disk of this machine. A drive letter
 * that the person has given to a network share cannot be told from a disk here.
 */
export function mayBeLinked(path: string, platform: NodeJS.Platform = process.platform): boolean {
  if (isNetworkPath(path) || path.includes("\0")) return false;
  if (platform === "win32") {
    const [, names] = /^[a-z]:\/(.*)$/is.exec(slashed(win32.normalize(path))) ?? [];
    return (
      names !== undefined &&
      !notInWindowsNames.test(names) &&
      !names.split("/").some((name) => windowsDevice.test(name))
    );
  }
  return posix.isAbsolute(path) && !unlinkedRoots.includes(posix.normalize(path).split("/")[1] ?? "");
}
