/**
 * An experiment as a lesson carries it: everything that it asks, but for the pictures, which are those of whoever starts it. It is data from anybody's file:
 * checked as a whole, planned once, and never started by itself.
 */
import { z } from "zod";
import { runConfiguration } from "../../contract/configuration.ts";
import type { DatasetSource } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { type ExperimentRequest, experimentRequest } from "../../contract/experiment.ts";
import { countRuns, plannedBlocks } from "../experiments/experiment-plan.ts";

/** Weights to begin from are a file of one machine, and are not carried either. */
const preparedExperiment = experimentRequest.extend({
  configuration: runConfiguration.omit({ dataset: true, initialWeights: true }),
});
export type PreparedExperiment = z.infer<typeof preparedExperiment>;

/** More than these are no lesson's, and would be planned for long when a file is opened. */
export const mostPreparedRuns = 500;

/** No plan depends on which pictures they are. */
const anyPictures: DatasetSource = { kind: "drawn", pictures: 1_000, pixels: 32, difficulty: 0, seed: 0 };

/** Without its pictures; null where it begins from a file of weights or has more runs than a lesson may. */
export function preparedFrom(request: ExperimentRequest): PreparedExperiment | null {
  const { dataset: _, initialWeights, ...configuration } = request.configuration;
  if (initialWeights !== undefined || countRuns(request) > mostPreparedRuns) return null;
  return { ...request, configuration };
}

export function requestOn({ configuration, ...rest }: PreparedExperiment, dataset: DatasetSource): ExperimentRequest {
  return { ...rest, configuration: { ...configuration, dataset } };
}

/** What a file says, where it can be started; else why not, in words. Whether its networks are there, the engine says when it is asked how long it takes. */
export function readPrepared(raw: unknown): { readonly experiment: PreparedExperiment } | { readonly problem: string } {
  try {
    const experiment = preparedExperiment.parse(raw);
    const unknown = firstUnknown(raw, experiment);
    // Left out it would train something else than was prepared.
    if (unknown !== null) return { problem: `${unknown} is not known here` };
    const runs = countRuns(experiment);
    if (runs > mostPreparedRuns) return { problem: `it has ${runs} runs, and ${mostPreparedRuns} are the most` };
    plannedBlocks(requestOn(experiment, anyPictures));
    return { experiment };
  } catch (thrown) {
    return { problem: problemOf(thrown) };
  }
}

function problemOf(thrown: unknown): string {
  if (thrown instanceof StrataError) return thrown.problem.replace(/\.$/, "");
  if (thrown instanceof z.ZodError) {
    const { path, message } = thrown.issues[0]!;
    return `${path.join(" › ")}: ${message}`;
  }
  if (thrown instanceof RangeError) return "it is nested too deeply";
  throw thrown;
}

/** The path of the first field that parsing has left out; null where all are kept. */
function firstUnknown(raw: unknown, parsed: unknown, path: readonly string[] = []): string | null {
  if (typeof raw !== "object" || raw === null) return null;
  for (const [key, value] of Object.entries(raw)) {
    const here = [...path, key];
    if (typeof parsed !== "object" || parsed === null || !Object.hasOwn(parsed, key)) return here.join(" › ");
    const inside = firstUnknown(value, Object.entries(parsed).find(([name]) => name === key)?.[1], here);
    if (inside !== null) return inside;
  }
  return null;
}
