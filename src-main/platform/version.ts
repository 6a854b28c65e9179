/** Which Strata this is. */
import { execFileSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { isInstalled } from "./installed.ts";

const root = join(import.meta.dirname, "..", "..");
const packageFile = z.object({ version: z.string(), commit: z.string().nullish() });

function packageJson() {
  return packageFile.parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
}

/** Strata's own version, from its package.json. */
export function strataVersion(): string {
  return packageJson().version;
}

/** The commit of its sources: a package brings it along, a clone asks git. Null where neither says. */
export function strataCommit(): string | null {
  return isInstalled ? (packageJson().commit ?? null) : commitOfClone(root);
}

/**
 * What `git describe` has for this clone: its commit in full, `-dirty` behind it where files that git follows were changed. Null for a folder that is no
 * clone of its own, such as one that was unpacked inside another, and where git does not answer.
 */
export function commitOfClone(folder: string): string | null {
  // Variables of a git that this process runs under, in a hook say, would name another clone.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const environment = { ...Object.fromEntries(inherited), GIT_OPTIONAL_LOCKS: "0" };
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, {
      ...{ cwd: folder, env: environment, encoding: "utf8", timeout: 5_000 },
      stdio: ["ignore", "pipe", "ignore"],
      windowsHide: true,
    }).trim();
  try {
    if (realpathSync(git("rev-parse", "--show-toplevel")) !== realpathSync(folder)) return null;
    return git("describe", "--always", "--dirty", "--abbrev=40", "--exclude=*") || null;
  } catch {
    return null;
  }
}
