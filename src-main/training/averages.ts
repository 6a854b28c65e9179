/**
 * Running averages of a network's weights, in a network of their own that pictures are evaluated with. They take in the weights that a step has
 * left, as tf.train.ExponentialMovingAverage does behind an optimiser's update.
 */
import type { Scalar, Variable } from "@tensorflow/tfjs-node-gpu";
import type { Network } from "../models/network.ts";
import { isGroup, type Movable } from "../tensorflow/compiled/flat-variables.ts";
import { assignVariable, movedValue } from "../tensorflow/compiled/move-variables.ts";
import { type BoundOptimizer, movedTowards } from "./optimizers.ts";

/** Grouped as the weights are that they follow. */
export interface Averages {
  readonly network: Network;
  /** One an optimiser's group. */
  readonly weights: readonly Movable[];
  /** Not averages but copies: the network's own moving statistics, and rows that are not trained. */
  readonly statistics: readonly Movable[];
}

/** @param averaged of the same architecture as `network`, its weights in the same order */
export function bindAverages(
  network: Network,
  averaged: Network,
  { groups }: BoundOptimizer,
  statistics: readonly Movable[],
): Averages {
  const averageOf = new Map(
    network.weights.map(({ variable }, index) => [variable, averaged.weights[index]!.variable] as const),
  );
  const counterpart = (movable: Movable): Movable =>
    isGroup(movable) ? movable.map((member) => averageOf.get(member)!) : averageOf.get(movable as Variable)!;
  return {
    network: averaged,
    weights: groups.map(({ weights }) => counterpart(weights)),
    statistics: statistics.map(counterpart),
  };
}

/**
 * Call within `tf.tidy`, once the weights have moved.
 * @param share of the weights in the new averages: 1 − decay
 */
export function moveAverages({ weights: averages }: Averages, { groups }: BoundOptimizer, share: Scalar): void {
  groups.forEach(({ weights }, index) => {
    const average = averages[index]!;
    assignVariable(average, movedTowards(movedValue(average), movedValue(weights), share));
  });
}
