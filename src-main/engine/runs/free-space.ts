/** Files of chosen runs deleted, their record kept. */
import { join } from "node:path";
import { setImmediate as othersTurn } from "node:timers/promises";
import { StrataError } from "../../contract/errors.ts";
import type { RunView } from "../../contract/run.ts";
import type { Paths } from "../../platform/paths.ts";
import { removeSteadily } from "../../platform/steadily.ts";
import { codedStoreError } from "../../store/database.ts";
import type { Store } from "../../store/open-store.ts";

/** Deleting so many holds nobody for long. */
const runsAPiece = 50;

/**
 * Deletes weights and checkpoints; those that arms of a pair share go for both. The file goes before its name does: after a crash between the two the
 * same wish ends what was begun. Others have their turn after every piece.
 * @returns every run that has changed
 * @throws StrataError `run.unknown` and `run.active` (also where the arm-mate is going), and then nothing is deleted, or no more where it goes on
 *   meanwhile; `disk.read-only`, and `disk.in-use` where a file is held open
 */
export async function freeSpace(store: Store, paths: Paths, runIds: readonly number[]): Promise<readonly RunView[]> {
  for (const runId of runIds) store.runs.standing(runId);
  const arms = store.runs.armsOf(...runIds);
  refuseActive(store, arms);
  for (let first = 0; first < runIds.length; first += runsAPiece) {
    const piece = runIds.slice(first, first + runsAPiece);
    if (first > 0) {
      await othersTurn();
      refuseActive(store, store.runs.armsOf(...piece));
    }
    freePiece(store, paths, piece);
  }
  return store.runs.findAll(arms);
}

function refuseActive(store: Store, runIds: readonly number[]): void {
  const going = runIds.map(store.runs.standing).find(({ endReason }) => endReason === null);
  if (going) throw new StrataError("run.active", { runId: going.id });
}

function freePiece(store: Store, paths: Paths, runIds: readonly number[]): void {
  const folders = new Set(runIds.flatMap((runId) => store.checkpoints.ofRun(runId).map(({ folder }) => folder)));
  for (const { weightsFile } of runIds.map(store.runs.standing))
    if (weightsFile !== null) remove(join(paths.weights, weightsFile));
  for (const folder of folders) remove(join(paths.checkpoints, folder));
  store.transaction(() => {
    for (const runId of runIds) store.runs.forgetWeights(runId);
    for (const folder of folders) store.checkpoints.remove(folder);
  });
}

function remove(path: string): void {
  try {
    removeSteadily(path);
  } catch (thrown) {
    throw codedStoreError(thrown, path);
  }
}
