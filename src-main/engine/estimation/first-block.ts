/** The runs that train first of an experiment. */
import type { ExperimentRequest } from "../../contract/experiment.ts";
import { plannedBlocks } from "../../domain/experiments/experiment-plan.ts";
import { type Arms, armsOf } from "./estimate.ts";

/** Throws what `plannedBlocks` does. */
export function firstBlockOf(request: ExperimentRequest): Arms {
  return armsOf(plannedBlocks(request)[0]!);
}
