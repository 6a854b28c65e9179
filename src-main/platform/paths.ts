/** Where Strata keeps things: the record of runs in the home, everything that can be made again in the cache. */
import { homedir } from "node:os";
import { join, resolve } from "node:path";

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
}

/** Per-user data folder of the system, or `STRATA_HOME`. */
export function homeFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.STRATA_HOME) return environment.STRATA_HOME;
  if (process.platform === "win32")
    return join(environment.LOCALAPPDATA ?? join(homedir(), "AppData", "Local"), "Strata");
  if (process.platform === "darwin") return join(homedir(), "Library", "Application Support", "Strata");
  return join(environment.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "strata");
}

export function pathsOf(home: string): Paths {
  return {
    home,
    database: join(home, "strata.sqlite"),
    servedAddress: join(home, "serve.json"),
    weights: join(home, "weights"),
    checkpoints: join(home, "checkpoints"),
    pictureCache: join(home, "pictures"),
  };
}

/** One name for one place, however a person writes it; `~` is the person's home, as in a shell. */
export function personalPath(path: string): string {
  return resolve(path.replace(/^~(?=$|[/\\])/, homedir()));
}
