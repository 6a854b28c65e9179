/** Pictures whose labels are likely wrong, from what recorded runs answered to pictures that they were not trained on. */
import { StrataError } from "../../contract/errors.ts";
import type { AskedRun, LabelSuspects } from "../../contract/label-suspects.ts";
import type { Prediction, RunView } from "../../contract/run.ts";
import { labelSuspects } from "../../domain/pictures/label-suspects.ts";
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
  const looks = runs.map((run) => lookOf(store, run));
  const byExample = new Map<number, AnswerOfRun[]>();
  for (const { asked, answers } of looks)
    for (const answer of answers) {
      const known = byExample.get(answer.example);
      if (known) known.push({ ...answer, runId: asked.runId });
      else byExample.set(answer.example, [{ ...answer, runId: asked.runId }]);
    }
  const [{ dataset }] = runs as [RunView, ...RunView[]];
  const suspects = labelSuspects([...byExample.values()].map(([first]) => first!));
  const classes = store.datasets.ofRuns(dataset.id).classes;
  const nameOf = (label: number): string => classes[label] ?? `Class ${label + 1}`;
  return {
    datasetId: dataset.id,
    classes,
    asked: looks.map(({ asked }) => asked),
    pictures: byExample.size,
    count: suspects.length,
    first: suspects.slice(0, most).flatMap(({ example, label, answer, confidence, trueConfidence }) => {
      const picture = store.datasets.example(dataset.id, example);
      if (picture === null) return [];
      const { name, split } = picture;
      const words = { label: nameOf(label), resembles: nameOf(answer) };
      const answers = byExample.get(example)!.map((one) => ({
        ...{ runId: one.runId, className: nameOf(one.answer) },
        ...{ confidence: one.confidence, labelConfidence: one.trueConfidence },
      }));
      return { example, name, split, ...words, confidence, labelConfidence: trueConfidence, answers };
    }),
  };
}

type AnswerOfRun = Prediction & { readonly runId: number };

/** At the test pictures, else at the validation pictures, which a run's checkpoints may have been chosen by. */
function lookOf(
  store: Store,
  { id, configuration: { training } }: RunView,
): { readonly asked: AskedRun; readonly answers: readonly Prediction[] } {
  const tested = store.evaluations.predictions(id, "test");
  const split = tested.length > 0 ? "test" : "validation";
  const answers = split === "test" ? tested : store.evaluations.predictions(id, split);
  if (answers.length === 0) throw new StrataError("run.no-answers", { runId: id });
  const fold = split === "test" ? training.fold : null;
  return { asked: { runId: id, split, fold, pictures: answers.length }, answers };
}
