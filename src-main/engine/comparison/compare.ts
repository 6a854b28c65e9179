/** Runs side by side. */
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { ComparisonView, LabelSuspects, RunView } from "../../contract/run.ts";
import { pairedDifference } from "../../domain/paired-difference.ts";
import type { Store } from "../../store/open-store.ts";
import { settingDifferences } from "./differences.ts";

export interface Comparison {
  /** Throws what `compareRuns` does. */
  compare(runIds: readonly number[]): ComparisonView;
  /** Throws what `findLabelSuspects` does. */
  labelSuspects(runIds: readonly number[], most: number): LabelSuspects;
}

const mostMistakes = 24;

/** Throws `run.unknown` and, for runs on different pictures or folds of them, `run.not-comparable`. */
export function compareRuns(store: Store, runIds: readonly number[]): ComparisonView {
  const runs = runsOnSamePictures(store, runIds);
  const folds = new Set(runs.map(({ configuration }) => JSON.stringify(configuration.training.fold)));
  if (folds.size > 1)
    throw new StrataError("run.not-comparable", { problem: "they held out different folds of the training pictures" });
  const split = commonSplit(runs);
  const differences = settingDifferences(runs.map((run) => run.configuration));
  if (split === null)
    return {
      runs,
      differences,
      split,
      results: runs.map(() => null),
      confusions: runs.map(() => null),
      mistakes: [],
      top1Difference: null,
    };
  return {
    runs,
    differences,
    split,
    results: runs.map((run) => store.evaluations.latestResult(run.id, split)),
    confusions: runs.map((run) => store.evaluations.confusion(run.id, split, run.dataset.classes.length)),
    mistakes: store.evaluations.mistakes(runIds, split, mostMistakes),
    top1Difference:
      runIds.length === 2 ? pairedDifference(store.evaluations.paired(runIds[0]!, runIds[1]!, split)) : null,
  };
}

/** Throws `run.unknown` and, for runs on different pictures or one that is named twice, `run.not-comparable`. */
export function runsOnSamePictures(store: Store, runIds: readonly number[]): readonly RunView[] {
  if (new Set(runIds).size < runIds.length)
    throw new StrataError("run.not-comparable", { problem: "one of them is named twice" });
  const runs = runIds.map((runId) => store.runs.get(runId));
  const [first, ...others] = runs;
  const stranger = others.find((run) => run.dataset.id !== first?.dataset.id);
  if (first && stranger)
    throw new StrataError("run.not-comparable", {
      problem: `they were trained on different pictures, ${first.dataset.name} and ${stranger.dataset.name}${
        first.dataset.name === stranger.dataset.name ? " as it was at another time" : ""
      }`,
    });
  return runs;
}

/** Test where every run has it, else validation where every run has that, else null. */
function commonSplit(runs: readonly RunView[]): SplitName | null {
  if (runs.every((run) => run.test !== null)) return "test";
  if (runs.every((run) => run.validation !== null)) return "validation";
  return null;
}
