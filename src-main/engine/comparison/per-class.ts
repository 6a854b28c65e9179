/** What runs answered to the pictures of each class: their confusion counts, and the pictures of each cell. */
import { StrataError } from "../../contract/errors.ts";
import type { AskedCell, CellPictures, PerClassView } from "../../contract/per-class.ts";
import type { RunView } from "../../contract/run.ts";
import { canBeCompared } from "../../domain/verdicts/can-be-compared.ts";
import type { Store } from "../../store/open-store.ts";
import { runsOnSamePictures, testLooksOf } from "./compare.ts";

/**
 * @param runIds one or more, on the same pictures
 * @throws StrataError `run.unknown`, `run.not-comparable`; `run.no-answers` where no split was evaluated by all
 */
export function perClassOf(store: Store, runIds: readonly number[]): PerClassView {
  const runs = runsWithSplit(store, runIds);
  const classes = runs.all[0]!.dataset.classes;
  return {
    split: runs.split,
    testLooks: testLooksOf(store, runs.all[0]!, runs.split),
    classes,
    runs: runs.all.map(({ id, title }) => ({
      ...{ runId: id, title },
      counts: store.evaluations.confusion(id, runs.split, classes.length)!.counts,
    })),
  };
}

/** None where a run was stopped before its end: it has counts, and no answer to a single picture. Throws what `perClassOf` does. */
export function cellPicturesOf(store: Store, { runIds, truth, said, offset, most }: AskedCell): CellPictures {
  const { split } = runsWithSplit(store, runIds);
  return { split, ...store.evaluations.cellPictures(runIds, split, { truth, said }, { offset, most }) };
}

function runsWithSplit(
  store: Store,
  runIds: readonly number[],
): { readonly all: readonly RunView[]; readonly split: "test" | "validation" } {
  const all = runsOnSamePictures(store, runIds);
  if (!all.every((run) => canBeCompared(run, all[0]!)))
    throw new StrataError("run.not-comparable", { problem: "they held out different folds of the training pictures" });
  const split = (["test", "validation"] as const).find((one) => all.every((run) => run[one] !== null));
  if (split === undefined) {
    const without =
      all.find((run) => run.test === null && run.validation === null) ?? all.find((run) => run.test === null);
    throw new StrataError("run.no-answers", { runId: without!.id });
  }
  return { all, split };
}
