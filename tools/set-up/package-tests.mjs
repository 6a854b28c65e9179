/** What the tests of packages need of this machine: the programs that make them, those that set a fresh Debian up in a folder, and Wine in Windows' place. */
import { findProgram, run } from "./processes.mjs";

const PROGRAMS = {
  "dpkg-deb": "dpkg",
  rpmbuild: "rpm",
  mksquashfs: "squashfs-tools",
  "desktop-file-validate": "desktop-file-utils",
  debootstrap: "debootstrap",
  unshare: "util-linux",
  ip: "iproute2",
};
const WINDOWS_PROGRAMS = { wine: "wine", makensis: "nsis", "7z": "p7zip-full" };
const ARCHIVE = "http://deb.debian.org/debian/dists/bookworm/InRelease";
const archiveLimitMillis = 30_000;

/** Why they cannot run here, or null. @returns {Promise<string | null>} */
export async function hindranceToPackages() {
  if (process.platform !== "linux" || process.arch !== "x64") return "they run on Linux on a 64-bit PC";
  const missing = missingOf(PROGRAMS);
  if (missing) return missing;
  const canMount = process.getuid?.() === 0 && (await run("unshare", ["--mount", "--net", "true"])).code === 0;
  if (!canMount) return "they are for root, who alone may set up a Debian in a folder";
  const answer = await fetch(ARCHIVE, { signal: AbortSignal.timeout(archiveLimitMillis) }).catch(() => null);
  return answer?.ok ? null : "Debian's archive could not be reached";
}

/** Why those of Windows' installer cannot run here, where the others can; or null. @returns {string | null} */
export function hindranceToWindows() {
  return missingOf(WINDOWS_PROGRAMS);
}

/** The first program that is not here, with the package that brings it. */
function missingOf(programs) {
  const missing = Object.entries(programs).find(([program]) => !findProgram([program]));
  return missing ? `${missing[0]} was not found: apt-get install ${missing[1]}` : null;
}
