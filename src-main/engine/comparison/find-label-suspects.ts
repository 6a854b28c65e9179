/** Pictures whose labels are likely wrong, from what recorded runs answered to pictures that they were not trained on. */
import { StrataError } from "../../contract/errors.ts";
import type { LabelSuspects, RunView } from "../../contract/run.ts";
import { labelSuspects } from "../../domain/label-suspects.ts";
import type { Store } from "../../store/open-store.ts";
import { runsOnSamePictures } from "./compare.ts";

/**
 * Of a picture that several runs answered, the first of them counts.
 * @param runIds one or more, such as one a fold
 * @param most of the suspects that are named
 * @throws StrataError `run.unknown`, `run.not-comparable`, `run.no-answers`
 */
export function findLabelSuspects(store: Store, runIds: readonly number[], most: number): LabelSuspects {
  const runs = runsOnSamePictures(store, runIds);
  const answered = new Map(
    runs.toReversed().flatMap((run) => answersOf(store, run).map((answer) => [answer.example, answer] as const)),
  );
  const [{ dataset }] = runs as [RunView, ...RunView[]];
  const suspects = labelSuspects([...answered.values()]);
  const classNames = store.datasets.classes(dataset.id);
  const nameOf = (label: number): string => classNames[label] ?? `Class ${label + 1}`;
  return {
    datasetId: dataset.id,
    pictures: answered.size,
    count: suspects.length,
    first: suspects.slice(0, most).flatMap(({ example, label, answer, confidence, trueConfidence }) => {
      const picture = store.datasets.example(dataset.id, example);
      if (picture === null) return [];
      const { name, split } = picture;
      const words = { label: nameOf(label), resembles: nameOf(answer) };
      return { example, name, split, ...words, confidence, labelConfidence: trueConfidence };
    }),
  };
}

/** To the test pictures, else to the validation pictures, which a run's checkpoints may have been chosen by. */
function answersOf(store: Store, run: RunView) {
  const tested = store.evaluations.predictions(run.id, "test");
  const answers = tested.length > 0 ? tested : store.evaluations.predictions(run.id, "validation");
  if (answers.length === 0) throw new StrataError("run.no-answers", { runId: run.id });
  return answers;
}
