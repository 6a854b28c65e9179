/** The folder of weights at an engine's start: what belongs to no run any more goes. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "../../platform/log.ts";
import { removeSteadily } from "../../platform/steadily.ts";

/** A file that was being written when its process was killed; none is written for so long. */
const staleMillis = 24 * 60 * 60 * 1_000;

/**
 * Files that no run of this record names are left alone: they may be of a record that was moved away.
 * @param purged of runs that are gone for good; null for one that had none
 */
export function tidyWeights(folder: string, purged: readonly (string | null)[], now: Date, log: Log): void {
  try {
    const partial = readdirSync(folder).filter((name) => name.endsWith(".partial"));
    const stale = partial.filter((name) => now.getTime() - statSync(join(folder, name)).mtimeMs > staleMillis);
    for (const name of [...purged, ...stale]) if (name !== null) removeSteadily(join(folder, name));
  } catch (thrown) {
    // No run kept weights here yet, or the folder cannot be written: an engine starts all the same.
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT"))
      log.warn({ err: thrown, folder }, "weights of deleted runs could not be removed");
  }
}
