/** A test fixture: sweeps. Their grids and results are the real ones, their runs are invented. */
import type { EvaluationResult } from "../../src-main/contract/metric.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import type { SweepRequest, SweepView } from "../../src-main/contract/sweep.ts";
import { runsOfSweep, sweptTitle } from "../../src-main/domain/sweep-grid.ts";
import { architectureOf } from "../../src-main/engine/models/model-list.ts";
import { resultsOfSweep } from "../../src-main/engine/sweeps/sweep-results.ts";
import { compactInception, sampleRun } from "./sample-views.ts";

/** Two settings with two values each, over three seeds. */
export const smoothingAndRate: SweepRequest = {
  configuration: compactInception,
  vary: [
    { setting: "smoothing", values: [0, 0.1] },
    { setting: "learningRate", values: [0.02, 0.045] },
  ],
  seeds: [1, 2, 3],
};

/** The runs of a sweep, all in the same state, of which those that are finished differ a little in what they came to. */
export function sampleSweptRuns(
  sweepId: number,
  firstId: number,
  request: SweepRequest,
  changes: Partial<RunView>,
): readonly RunView[] {
  return runsOfSweep(request).map(({ values, configuration }, index) => {
    const { id, title } = architectureOf(configuration.model);
    const run = sampleRun({
      id: firstId + index,
      sweepId,
      title: sweptTitle(title, values, request.seeds.length > 1 ? configuration.seed : null),
      model: { id, title },
      configuration,
      ...changes,
    });
    const shift = ((index * 7) % 12) / 400;
    const shifted = (result: EvaluationResult | null) =>
      result && { ...result, top1: result.top1! + shift, hardLoss: result.hardLoss! - shift };
    return { ...run, validation: shifted(run.validation), test: shifted(run.test) };
  });
}

export function sampleSweepView(
  { id, createdAt, request }: Pick<SweepView, "id" | "createdAt" | "request">,
  runs: readonly RunView[],
): SweepView {
  const inOrder = runs.filter(({ sweepId }) => sweepId === id).toSorted((a, b) => a.id - b.id);
  const isResumable = inOrder.some((run) => run.isResumable);
  return {
    id,
    createdAt,
    request,
    runIds: inOrder.map((run) => run.id),
    isResumable,
    ...resultsOfSweep(request, inOrder),
  };
}
