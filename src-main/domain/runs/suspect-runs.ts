/** Which runs are asked about the labels of a run's pictures. Pure. */
import type { RunView } from "../../contract/run.ts";

type Asked = Pick<RunView, "id" | "configuration" | "dataset" | "state" | "test" | "validation">;

/** It was trained to its end, on pictures of a folder, whose labels can be mended, and has answered some that it held out. */
export function canNameSuspects({ configuration, state, test, validation }: Asked): boolean {
  return configuration.dataset.kind === "folder" && state === "finished" && (test ?? validation) !== null;
}

/**
 * The run and its arm-mate, which held out the same pictures, and the runs that differ in the fold alone, one for each fold, so that every training picture is
 * asked about.
 * @param job the run with its arm-mate
 * @param all runs come latest first
 */
export function suspectRuns<Run extends Asked>(run: Run, job: readonly Run[], all: readonly Run[]): readonly Run[] {
  const ofFolds = foldsOf(run, all);
  if (run.configuration.training.fold !== null) return ofFolds;
  return [run, ...job.filter((mate) => mate.id !== run.id && canNameSuspects(mate)), ...ofFolds];
}

/** The run itself, then the latest of each fold, in the order of the folds; where there are several numbers of folds, of the number of the first. */
function foldsOf<Run extends Asked>(run: Run, all: readonly Run[]): readonly Run[] {
  const byFold = new Map<number, Run>();
  let folds = run.configuration.training.fold?.count;
  for (const other of [run, ...all]) {
    const { fold } = other.configuration.training;
    if (fold === null || byFold.has(fold.index) || other.test === null || !canNameSuspects(other)) continue;
    if (other.dataset.id !== run.dataset.id || withoutFold(other) !== withoutFold(run)) continue;
    folds ??= fold.count;
    if (fold.count === folds) byFold.set(fold.index, other);
  }
  return [...byFold].sort(([a], [b]) => a - b).map(([, other]) => other);
}

/** Both were written by the same schema, so their fields stand in the same order. */
function withoutFold({ configuration }: Asked): string {
  return JSON.stringify({ ...configuration, training: { ...configuration.training, fold: null } });
}
