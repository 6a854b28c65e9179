import type { RunWeights } from "../../../src-main/contract/weights.ts";

/** Whether both are of one run and one epoch. */
export function sameWeights(one: RunWeights | undefined, other: RunWeights): boolean {
  return one?.runId === other.runId && one.epoch === other.epoch;
}
