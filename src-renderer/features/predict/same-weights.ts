import type { RunWeights } from "../../../src-main/contract/weights.ts";

/** Whether both are of one run and one epoch. */
export function sameWeights(one: RunWeights | undefined, other: RunWeights): boolean {
  return one?.runId === other.runId && one.epoch === other.epoch;
}

/** Whether all are, in order. */
export function sameOfAll(those: readonly RunWeights[] | undefined, these: readonly RunWeights[]): boolean {
  return those?.length === these.length && these.every((one, at) => sameWeights(those[at], one));
}

/** Whether they are of the same runs in order, whatever the epochs. */
export function sameRuns(those: readonly RunWeights[] | undefined, these: readonly RunWeights[]): boolean {
  return those?.length === these.length && these.every(({ runId }, at) => those[at]!.runId === runId);
}
