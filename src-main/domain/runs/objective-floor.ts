/**
 * The least that an objective can be, whatever the network: told before training, drawn while it trains, and recorded, all from here.
 *
 * While training an objective counts the targets' loss once for the trunk and once more for each auxiliary head by its weight, so its floor does too. An
 * evaluation leaves the heads out: there the floor is the targets' alone. Weight decay is left out of both: it can only add.
 */
import type { Loss, Row } from "../../contract/architecture.ts";
import { rowLines } from "../networks/row-lines.ts";

/** The lowest value of the loss against one target smoothed by ε: in nats for cross-entropy, in margins for the hinge loss. 0 for ε = 0. */
export function targetFloor(loss: Loss, classes: number, epsilon: number): number {
  return loss === "hinge" ? hingeFloor(classes, epsilon) : targetEntropy(classes, epsilon);
}

/**
 * ε·(K − 1), at a margin of 1. The loss is convex and does not tell the K − 1 other classes apart, so that some minimum gives them one score and the true
 * class m more. There it is a·(K − 1)·max(0, 1 − m) + (K − 1)·b·(max(0, 1 + m) + K − 2), with a = 1 − ε + ε/K and b = ε/K: up to m = 1 it falls by
 * (K − 1)·(a − b), from there on it rises by (K − 1)·b, and at m = 1 it is (K − 1)·b·K.
 */
function hingeFloor(classes: number, epsilon: number): number {
  return epsilon * (classes - 1);
}

/** Entropy of one such target in nats (Szegedy 2015, section 7): the lowest value of the cross-entropy against it. */
export function targetEntropy(classes: number, epsilon: number): number {
  const wrong = epsilon / classes;
  const right = 1 - epsilon + wrong;
  return surprise(right) + (classes - 1) * surprise(wrong);
}

/** −p·ln p, with its limit 0 at p = 0. */
function surprise(probability: number): number {
  return probability > 0 ? -probability * Math.log(probability) : 0;
}

/** The floor of the objective while training: the targets' floor, once for the trunk and once more for each head by its weight. */
export function trainingFloor(targets: number, headWeights: readonly number[]): number {
  return targets * headWeights.reduce((sum, weight) => sum + weight, 1);
}

/** What this file needs to know of a row: a table's own row is one, and a shaped one. */
interface MaybeHead {
  readonly name: string;
  readonly kind: Row["kind"];
  readonly weight?: number | null;
  readonly branches?: readonly (readonly MaybeHead[])[] | null;
}

/**
 * The weight of each auxiliary head among the rows.
 * @param instead the weight that a run gives all of them; null keeps each one's own
 */
export function headWeights(rows: readonly MaybeHead[], instead: number | null): number[] {
  return rowLines(rows).flatMap(({ row }) => (row.kind === "auxiliary" ? [instead ?? row.weight ?? 0] : []));
}
