/** Which runs a list of single runs has, and in what order. */
import type { RunView } from "../../contract/run.ts";
import type { RunsQuestion } from "../../contract/run-list.ts";
import { findRunField, unknownFieldError } from "../../domain/runs/run-fields.ts";
import { parseRunQuery } from "../../domain/runs/run-query.ts";
import { compareValues } from "../../domain/runs/run-values.ts";
import { architectureOf } from "../models/model-list.ts";

/**
 * @param runs the newest first, which is the order where none is asked for
 * @throws StrataError `find.*` for what is not understood, `model.unknown`
 */
export function foundRuns(
  runs: readonly RunView[],
  { state, tag, model, text, isArchived, sort }: Omit<RunsQuestion, "skip" | "most">,
): readonly RunView[] {
  // A network that left the model registry may still have runs.
  if (model !== undefined && !runs.some((run) => run.model.id === model)) architectureOf({ id: model });
  const query = parseRunQuery(text, runs);
  if (query.problem !== null) throw query.problem;
  const found = runs.filter(
    (run) =>
      run.isArchived === isArchived &&
      (state === undefined || run.state === state) &&
      (tag === undefined || run.tags.includes(tag)) &&
      (model === undefined || run.model.id === model) &&
      query.matches(run),
  );
  if (sort === null) return found;
  const field = findRunField(sort.column);
  if (field === null) throw unknownFieldError(sort.column);
  return found.toSorted((a, b) => compareValues(field.read(a), field.read(b), sort.isDescending));
}
