/** Files of chosen runs deleted, their record kept. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { StrataError } from "../contract/errors.ts";
import type { RunView } from "../contract/run.ts";
import type { Paths } from "../platform/paths.ts";
import { codedStoreError } from "../store/database.ts";
import type { Store } from "../store/open-store.ts";

/**
 * Deletes weights and checkpoints; those that arms of a pair share go for both. The file goes before its name does: after a crash between the two the
 * same wish ends what was begun.
 * @returns every run that has changed
 * @throws StrataError `run.unknown` and `run.active` (also where the arm-mate is going), and then nothing is deleted; `disk.read-only`
 */
export function freeSpace(store: Store, paths: Paths, runIds: readonly number[]): readonly RunView[] {
  const arms = [...new Set(runIds.flatMap((runId) => store.runs.armsOf(store.runs.standing(runId).id)))];
  const going = arms.map(store.runs.standing).find(({ endReason }) => endReason === null);
  if (going) throw new StrataError("run.active", { runId: going.id });
  for (const runId of runIds) {
    const { weightsFile } = store.runs.standing(runId);
    if (weightsFile !== null) remove(join(paths.weights, weightsFile));
    store.transaction(() => store.runs.forgetWeights(runId));
    for (const { folder } of store.checkpoints.ofRun(runId)) {
      remove(join(paths.checkpoints, folder));
      store.transaction(() => store.checkpoints.remove(folder));
    }
  }
  return arms.flatMap((runId) => store.runs.find(runId) ?? []);
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch (thrown) {
    throw codedStoreError(thrown, path);
  }
}
