/** Runs of one block, recorded as the engine records them. */

import type { Store } from "../../src-main/store/open-store.ts";
import type { NewBlock, NewRuns } from "../../src-main/store/run-changes.ts";

export type NewTraining = NewBlock &
  Omit<NewRuns, "experiment"> & { readonly experiment: { readonly id: number; readonly block: number } | null };

/** Behind all that waits. @returns their numbers */
export function createRuns(store: Store, training: NewTraining): readonly number[] {
  const { experiment, runs, predictedMemoryBytes, ...all } = training;
  const laid = store.runs.layOut();
  laid.lay({ runs, predictedMemoryBytes });
  const place = experiment && { id: experiment.id, firstBlock: experiment.block };
  const runIds = store.transaction(() => laid.record({ ...all, experiment: place }));
  laid.forget();
  return runIds;
}
