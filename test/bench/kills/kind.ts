import type { Random } from "../../../src-main/platform/random.ts";

/** One kind of work that is killed. */
export interface Kind {
  readonly name: string;
  /** Does it once, undisturbed, in a folder of its own; what it gives does it through kills, each time in a new home. */
  begin(folder: string, random: Random): Promise<(home: string, mostKills: number) => Promise<Course>>;
}

/** Work that was killed and taken up until it was done. */
export interface Course {
  /** Those that met the work while it went on. */
  readonly kills: number;
  /** Kills after which something half-written lay there. */
  readonly halfWritten: number;
  /** What of it is otherwise than where nobody killed it; null for nothing. */
  readonly differs: string | null;
}
