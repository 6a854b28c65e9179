/** Runs side by side. */
import type { CalibrationView } from "../../contract/calibration.ts";
import type { ComparisonView } from "../../contract/comparison.ts";
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { LabelSuspects } from "../../contract/label-suspects.ts";
import type { AskedCell, CellPictures, PerClassView } from "../../contract/per-class.ts";
import type { RunView } from "../../contract/run.ts";
import { pairedFigures } from "../../domain/verdicts/paired-difference.ts";
import { haveComparablePictures } from "../../domain/versions/shared-answers.ts";
import type { Store } from "../../store/open-store.ts";
import { compareVersions } from "./compare-versions.ts";
import { settingDifferences } from "./differences.ts";

export interface Comparison {
  /** Throws what `compareRuns` does. */
  compare(runIds: readonly number[]): ComparisonView;
  /** Throws what `calibrationOf` does. */
  calibration(runIds: readonly number[]): Promise<CalibrationView>;
  /** Throws what `perClassOf` does. */
  perClass(runIds: readonly number[]): PerClassView;
  /** Throws what `cellPicturesOf` does. */
  cellPictures(asked: AskedCell): CellPictures;
  /** Throws what `findLabelSuspects` does. */
  labelSuspects(runIds: readonly number[], most: number): LabelSuspects;
}

const mostMistakes = 24;

/**
 * Throws `run.unknown`, `run.not-comparable` for runs on different pictures or folds of them, and, for runs on versions of one data set, what
 * `compareVersions` does.
 */
export function compareRuns(store: Store, runIds: readonly number[]): ComparisonView {
  const runs = namedOnce(store, runIds);
  refuseStrangers(runs, haveComparablePictures);
  const folds = new Set(runs.map(({ configuration }) => JSON.stringify(configuration.training.fold)));
  if (folds.size > 1)
    throw new StrataError("run.not-comparable", { problem: "they held out different folds of the training pictures" });
  const split = commonSplit(runs);
  const known = {
    runs,
    differences: settingDifferences(runs.map((run) => run.configuration)),
    split,
    testLooks: testLooksOf(store, runs[0]!, split),
  };
  if (split !== null && !runs.every((run) => haveSamePictures(run, runs[0]!)))
    return { ...known, ...compareVersions(store, runs, split, mostMistakes) };
  const same = { shared: null, classes: runs[0]?.dataset.classes ?? [] };
  if (split === null)
    return {
      ...{ ...known, ...same },
      results: runs.map(() => null),
      confusions: runs.map(() => null),
      mistakes: [],
      ...pairedFigures([]),
    };
  return {
    ...{ ...known, ...same },
    results: runs.map((run) => store.evaluations.latestResult(run.id, split)),
    confusions: runs.map((run) => store.evaluations.confusion(run.id, split, run.dataset.classes.length)),
    mistakes: store.evaluations.mistakes(runIds, split, mostMistakes),
    ...pairedFigures(runIds.length === 2 ? runIds.map((runId) => store.evaluations.predictions(runId, split)) : []),
  };
}

/** Throws `run.unknown` and, for runs on different pictures or one that is named twice, `run.not-comparable`. */
export function runsOnSamePictures(store: Store, runIds: readonly number[]): readonly RunView[] {
  const runs = namedOnce(store, runIds);
  refuseStrangers(runs, haveSamePictures);
  return runs;
}

function namedOnce(store: Store, runIds: readonly number[]): readonly RunView[] {
  if (new Set(runIds).size < runIds.length)
    throw new StrataError("run.not-comparable", { problem: "one of them is named twice" });
  return runIds.map((runId) => store.runs.get(runId));
}

const haveSamePictures = (a: RunView, b: RunView): boolean => a.dataset.id === b.dataset.id;

/** Each is asked about with each other: three versions may be of one data set two by two. */
function refuseStrangers(runs: readonly RunView[], isMate: (a: RunView, b: RunView) => boolean): void {
  for (const [place, run] of runs.entries()) {
    const stranger = runs.slice(place + 1).find((other) => !isMate(run, other));
    if (stranger)
      throw new StrataError("run.not-comparable", {
        problem: `they were trained on different pictures, ${run.dataset.name} and ${stranger.dataset.name}${
          run.dataset.name === stranger.dataset.name ? " as it was at another time" : ""
        }`,
      });
  }
}

/** Null for figures on another split, and on a fold of the training pictures. */
export function testLooksOf(
  { evaluations }: Pick<Store, "evaluations">,
  { dataset, configuration }: RunView,
  split: SplitName | null,
): number | null {
  return split === "test" && configuration.training.fold === null ? evaluations.testLooks(dataset.id) : null;
}

/** Test where every run has it, else validation where every run has that, else null. */
export function commonSplit(runs: readonly RunView[]): "test" | "validation" | null {
  if (runs.every((run) => run.test !== null)) return "test";
  if (runs.every((run) => run.validation !== null)) return "validation";
  return null;
}
