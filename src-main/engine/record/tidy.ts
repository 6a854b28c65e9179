/** Gone for good: runs whose removal can no longer be undone, with their weights and states, and versions of data sets that nothing needs. */
import { join } from "node:path";
import { setImmediate as othersTurn, setTimeout as pause } from "node:timers/promises";
import { dayMillis, keptDays } from "../../contract/deleted-runs.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { Paths } from "../../platform/paths.ts";
import type { Store } from "../../store/open-store.ts";
import { checkpointFolderOf, removeFolder } from "../trainer/saved-states.ts";
import type { Patience } from "./patience.ts";
import { tidyWeights } from "./tidy-weights.ts";

/** Some hundredths of a second of writing. */
const rowsAPiece = 5_000;
const leastPauseMillis = 20;

/** Piece by piece, with as long a pause after each as it took, so that nobody who writes waits for more than one. Ends early when the engine closes. */
export async function tidy(tools: {
  readonly store: Store;
  readonly paths: Paths;
  readonly clock: Clock;
  readonly log: Log;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { store, paths, clock, log, patience, signal } = tools;
  const before = new Date(clock.now().getTime() - keptDays * dayMillis).toISOString();
  try {
    const runs = await patience.untilFree(() => store.purge.begin(before));
    const files = runs.map(({ weightsFile }) => weightsFile);
    tidyWeights(paths.weights, files, clock.now(), log);
    for (const run of runs) {
      removeFolder(join(paths.checkpoints, checkpointFolderOf(run)), log);
      await othersTurn();
    }
    for (let isLast = false; !isLast; ) {
      signal.throwIfAborted();
      const startedAt = performance.now();
      const piece = await patience.untilFree(() => store.purge.piece(rowsAPiece));
      isLast = piece.isLast;
      await pause(Math.max(leastPauseMillis, performance.now() - startedAt), undefined, { signal });
    }
  } catch (thrown) {
    // The next engine goes on with it.
    if (!signal.aborted) log.warn({ err: thrown }, "deleted runs could not be removed");
  }
}
