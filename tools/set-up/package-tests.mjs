/** What the tests of packages need of this machine: the programs that make them, and those that set a fresh Debian up in a folder. */
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
const ARCHIVE = "http://deb.debian.org/debian/dists/bookworm/InRelease";
const archiveLimitMillis = 30_000;

/** Why they cannot run here, or null. @returns {Promise<string | null>} */
export async function hindranceToPackages() {
  if (process.platform !== "linux" || process.arch !== "x64") return "they run on Linux on a 64-bit PC";
  const missing = Object.entries(PROGRAMS).find(([program]) => !findProgram([program]));
  if (missing) return `${missing[0]} was not found: apt-get install ${missing[1]}`;
  const canMount = process.getuid?.() === 0 && (await run("unshare", ["--mount", "--net", "true"])).code === 0;
  if (!canMount) return "they are for root, who alone may set up a Debian in a folder";
  const answer = await fetch(ARCHIVE, { signal: AbortSignal.timeout(archiveLimitMillis) }).catch(() => null);
  return answer?.ok ? null : "Debian's archive could not be reached";
}
