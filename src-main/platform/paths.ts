/** Where Strata keeps things: the record of runs in the home, everything that can be made again in the cache. */
import { homedir } from "node:os";
import nodePath, { isAbsolute, join, type PlatformPath, resolve } from "node:path";
import { StrataError } from "../contract/errors.ts";
import { refuseLostNames } from "./refuse-lost-names.ts";

export interface Paths {
  /** Record of runs; the person's. */
  readonly home: string;
  readonly database: string;
  /** Token and port of `serve`; the person's, and for nobody else to read. */
  readonly servedAddress: string;
  /** The last weights of each run; the person's. */
  readonly weights: string;
  /** States that training can go on from; the person's. */
  readonly checkpoints: string;
  /** Decoded pictures; can be deleted at any time. */
  readonly pictureCache: string;
  /** Archives that had to be unpacked to be read; can be deleted at any time. */
  readonly archives: string;
  /** What the engine did. */
  readonly log: string;
}

/**
 * By hand: the package env-paths would move Windows' record to `Strata\\Data`, take a relative XDG_DATA_HOME, and end at its import where a user has no home.
 * Per-user data folder of the system, or `STRATA_HOME`; a variable that is empty counts as not set.
 * @throws StrataError `disk.no-home`, `disk.reserved-name`
 */
export function homeFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.STRATA_HOME) {
    refuseLostNames(environment.STRATA_HOME);
    return resolve(environment.STRATA_HOME);
  }
  if (process.platform === "win32")
    return join(environment.LOCALAPPDATA || join(personsFolder(), "AppData", "Local"), "Strata");
  if (process.platform === "darwin") return join(personsFolder(), "Library", "Application Support", "Strata");
  const data = environment.XDG_DATA_HOME;
  // A relative one is to be ignored, the specification says.
  return join(data && isAbsolute(data) ? data : join(personsFolder(), ".local", "share"), "strata");
}

/** A user without an entry in the system's list has none unless `HOME` names it, and that may be empty. */
function personsFolder(): string {
  try {
    const folder = homedir();
    if (isAbsolute(folder)) return folder;
  } catch {
    // Said below.
  }
  throw new StrataError("disk.no-home", {});
}

export function pathsOf(home: string): Paths {
  return {
    home,
    database: join(home, "strata.sqlite"),
    servedAddress: join(home, "serve.json"),
    weights: join(home, "weights"),
    checkpoints: join(home, "checkpoints"),
    pictureCache: join(home, "pictures"),
    archives: join(home, "archives"),
    log: join(home, "strata.log"),
  };
}

/**
 * One name for one place, however a person writes it; `~` is the person's home, as in a shell. Of Windows' drives the letter alone is meant from their top, and
 * small and capital ones are the same.
 * @param how the system's way with paths
 */
export function personalPath(path: string, how: Pick<PlatformPath, "resolve" | "sep"> = nodePath): string {
  const whole = path.replace(/^~(?=$|[/\\])/, homedir());
  if (how.sep === "/") return how.resolve(whole);
  return how.resolve(whole.replace(/^[a-z]:$/i, "$&\\")).replace(/^[a-z]:/, (drive) => drive.toUpperCase());
}
