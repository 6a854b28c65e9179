/** The folders of a job's checkpoints: named, thinned by the rule, and removed with their runs. What is in them is the business of `training/checkpoints`. */
import { readdirSync, rmdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { RunView } from "../../contract/run.ts";
import type { Log } from "../../platform/log.ts";
import type { Paths } from "../../platform/paths.ts";
import { removeSteadily } from "../../platform/steadily.ts";
import type { Store } from "../../store/open-store.ts";
import { foldersToRemove } from "../../training/checkpoints/rules.ts";

export interface SavedStates {
  /** Steps that the job may go on from, as names of folders, the latest first. */
  resumeFrom(runIds: readonly number[]): readonly string[];
  /** Removes what the rule no longer keeps. Call when the record has a new checkpoint, or the job is over. */
  thin(runIds: readonly number[]): void;
  /** The job goes on from this step: later states, which it could not use, go, and so do folders that were never recorded. */
  forgetAfter(runIds: readonly number[], step: number): void;
}

/** Of larger experiments nobody looks at each network's epochs, and they would fill a disk. */
const mostBlocksWithMilestones = 20;

/** The job's own folder, after its first run: no other record's run of that number was made at that moment. */
export function checkpointFolderOf({ id, createdAt }: Pick<RunView, "id" | "createdAt">): string {
  return `${id}-${Date.parse(createdAt).toString(36)}`;
}

export function createSavedStates(store: Store, paths: Paths, log: Log): SavedStates {
  const jobFolder = (runIds: readonly number[]) => checkpointFolderOf(store.runs.standing(runIds[0]!));
  const forget = (folders: readonly string[]): void => {
    store.transaction(() => {
      for (const folder of folders) store.checkpoints.remove(folder);
    });
    for (const folder of folders) removeFolder(join(paths.checkpoints, folder), log);
    for (const jobFolder of new Set(folders.map(dirname))) removeEmptyFolder(join(paths.checkpoints, jobFolder));
  };

  return {
    resumeFrom: (runIds) => store.checkpoints.ofRun(runIds[0]!).map(({ folder }) => basename(folder)),
    thin(runIds) {
      const byArm = runIds.map((runId) => store.checkpoints.ofRun(runId));
      const checkpoints = byArm[0]!.map(({ folder, step, epoch }) => {
        const ofArms = byArm.map((all) => all.find((one) => one.step === step));
        const bytes = ofArms.reduce((sum, one) => sum + (one?.bytes ?? 0), 0);
        return { folder, step, epoch, bytes, costs: ofArms.map((one) => one?.cost ?? null) };
      });
      const isComplete = runIds.every((runId) => store.runs.standing(runId).state === "finished");
      const blocks = store.runs.get(runIds[0]!).experiment?.blocks ?? 1;
      forget(foldersToRemove(checkpoints, { isComplete, keepsMilestones: blocks <= mostBlocksWithMilestones }));
    },
    forgetAfter(runIds, step) {
      const recorded = store.checkpoints.ofRun(runIds[0]!);
      forget(recorded.filter((one) => one.step > step).map(({ folder }) => folder));
      const kept = new Set(recorded.filter((one) => one.step <= step).map(({ folder }) => basename(folder)));
      const folder = join(paths.checkpoints, jobFolder(runIds));
      for (const name of namesIn(folder)) if (!kept.has(name)) removeFolder(join(folder, name), log);
    },
  };
}

function removeEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch {
    // Something is in it, or it is gone.
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nothing was saved there yet, or it cannot be read, which the training process says with its error.
    return [];
  }
}

/** What cannot be removed takes space, and costs no run anything. */
export function removeFolder(path: string, log: Log): void {
  try {
    removeSteadily(path);
  } catch (thrown) {
    log.warn({ err: thrown, path }, "a saved state could not be removed");
  }
}
