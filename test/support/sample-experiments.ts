/** A test fixture: experiments of many blocks. Their plans and results are the real ones, their runs are invented. */
import type { z } from "zod";
import { type ExperimentRequest, type ExperimentView, experimentQuestion } from "../../src-main/contract/experiment.ts";
import type { EvaluationResult } from "../../src-main/contract/metric.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { outcomeOfExperiment } from "../../src-main/domain/experiments/experiment-outcome.ts";
import { plannedBlocks, titleOfRun } from "../../src-main/domain/experiments/experiment-plan.ts";
import { resultsOfExperiment } from "../../src-main/engine/experiments/experiment-results.ts";
import { architectureOf } from "../../src-main/engine/models/model-list.ts";

import { gridOf } from "./experiment-of.ts";
import { compactInception, sampleRun } from "./sample-views.ts";

/** Two settings with two values each, over three seeds. */
export const smoothingAndRate = gridOf(
  compactInception,
  [
    { setting: "smoothing", values: [0, 0.1] },
    { setting: "learningRate", values: [0.02, 0.045] },
  ],
  [1, 2, 3],
);

/** Three settings with twelve combinations, one seed each. */
export const threeSettings = gridOf(compactInception, [
  { setting: "smoothing", values: [0, 0.1] },
  { setting: "learningRate", values: [0.005, 0.02, 0.08] },
  { setting: "weightDecay", values: [0, 0.0001] },
]);

/** Three networks, over three seeds. */
export const threeNetworks = gridOf(
  compactInception,
  [{ setting: "model", values: ["lenet5", "alexnet", "inception-v3"] }],
  [1, 2, 3],
);

/** The runs of an experiment, each a block, all in the same state, of which those that are finished differ a little in what they came to. */
export function sampleExperimentRuns(
  experimentId: number,
  firstId: number,
  request: ExperimentRequest,
  changes: Partial<RunView>,
): readonly RunView[] {
  const blocks = plannedBlocks(request);
  return blocks.flat().map(({ levels, configuration }, index) => {
    const { id, title } = architectureOf(configuration.model);
    const run = sampleRun({
      id: firstId + index,
      experiment: { id: experimentId, block: index, blocks: blocks.length, arm: null, differs: [] },
      title: titleOfRun(title, levels, request.seeds.length > 1 ? configuration.seed : null),
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

export function sampleExperimentView(
  { id, createdAt, request }: Pick<ExperimentView, "id" | "createdAt" | "request">,
  runs: readonly RunView[],
  question: z.input<typeof experimentQuestion> = {},
): ExperimentView {
  const inOrder = runs.filter(({ experiment }) => experiment?.id === id).toSorted((a, b) => a.id - b.id);
  const isResumable = inOrder.some((run) => run.isResumable);
  const { finished, pictures, rows } = resultsOfExperiment(request, inOrder);
  return {
    ...{ id, createdAt, request, finished, pictures, isResumable },
    runIds: inOrder.map((run) => run.id),
    ...outcomeOfExperiment(request, rows, experimentQuestion.parse(question)),
    ...{ foundDecisions: 0, decisions: [] },
  };
}
