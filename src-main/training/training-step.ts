/** One optimiser step: a function of batch tensors, scalars and variables made of tf ops alone, so that it can be recorded as a graph. */
import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-node-gpu";
import type { Loss } from "../contract/architecture.ts";
import type { Network, Outputs } from "../models/network.ts";
import { joined, type Movable, membersOf } from "../tensorflow/compiled/flat-variables.ts";
import { assignVariable, moveWhere } from "../tensorflow/compiled/move-variables.ts";
import { tf } from "../tensorflow/runtime.ts";
import { type Averages, moveAverages } from "./averages.ts";
import { type BatchTensors, batchHardLoss, batchObjective } from "./loss.ts";
import { applyGradients, areFinite, type BoundOptimizer, joinGradients } from "./optimizers.ts";

export type StepScalars = {
  /** The scheduled rate times the rule's `rateFactor`. */
  readonly learningRate: Scalar;
  /** Share that decoupled decay takes off each kernel: the scheduled rate times λ. */
  readonly weightShrink: Scalar;
  /** Share of the weights in the new running average: 1 − its decay. */
  readonly averageShare: Scalar;
  /** int32 */
  readonly dropoutSeed: Scalar;
  /** What the objective is multiplied by on the way back, see loss-scaling.ts; a step of a precision that needs none has none. */
  readonly lossScale?: Scalar;
};

/** What a step trains. */
export interface Trained {
  readonly network: Network;
  readonly optimizer: BoundOptimizer;
  /** The network's moving statistics, as they are moved. */
  readonly statistics: readonly Movable[];
  readonly averages: Averages | null;
  readonly loss: Loss;
}

/** Scalars of the state before the update, on the device; the caller disposes them. */
export type StepOutcome = {
  readonly objective: Scalar;
  readonly hardLoss: Scalar;
  /** Of a step with a scaled loss: whether all gradients were finite, of type bool. Where they were not, nothing moved. */
  readonly isTaken?: Scalar;
};

/**
 * Moves the network's weights, the optimiser's slots, the moving statistics and the averages by one batch. Gradients of a scaled loss are unscaled
 * before anything else is done with them.
 * @param weightDecay λ of the penalty in the objective
 */
export function trainingStep(
  batch: BatchTensors,
  scalars: StepScalars,
  { network, optimizer, statistics, averages, loss }: Trained,
  weightDecay: number,
): StepOutcome {
  const { lossScale } = scalars;
  return tf.tidy(() => {
    const beside: { hardLoss?: Scalar; objective?: Scalar; moving: Outputs["movingUpdates"] } = { moving: [] };
    const { value, grads } = tf.variableGrads(() => {
      const outputs = network.forward(batch.pixels, { isTraining: true, dropoutSeed: scalars.dropoutSeed });
      // `variableGrads` frees all but what it returns; these two are wanted afterwards.
      beside.hardLoss = tf.keep(batchHardLoss(outputs.logits, batch));
      beside.moving = outputs.movingUpdates;
      for (const { value: moved } of outputs.movingUpdates) tf.keep(moved);
      const { targets, targetShares } = batch;
      const objective = batchObjective(outputs, { targets, shares: targetShares }, loss, network.weights, weightDecay);
      if (!lossScale) return objective;
      beside.objective = tf.keep(objective);
      return tf.mul(objective, lossScale);
    }, [...optimizer.variables]);
    const moved = new Map(beside.moving.map(({ variable, value: statistic }) => [variable, statistic]));
    const gradients = joinGradients(optimizer, (weight) => grads[weight.name] ?? null);
    const moveBy = (unscaled: readonly Tensor[]): void => {
      applyGradients(optimizer, unscaled, scalars);
      if (averages) moveAverages(averages, optimizer, scalars.averageShare);
      moveStatistics(statistics, averages, moved);
    };
    const isTaken = lossScale ? moveWhereFinite(gradients, lossScale, moveBy) : null;
    if (!isTaken) moveBy(gradients);
    for (const statistic of moved.values()) statistic.dispose();
    const { objective = value, hardLoss } = beside;
    if (!hardLoss) throw new Error("The forward pass did not run");
    return { objective, hardLoss, ...(isTaken && { isTaken }) };
  });
}

/** @returns whether it moved */
function moveWhereFinite(
  scaled: readonly Tensor[],
  lossScale: Scalar,
  moveBy: (gradients: readonly Tensor[]) => void,
): Scalar {
  const factor = tf.div(1, lossScale);
  const gradients = scaled.map((gradient) => tf.mul(gradient, factor));
  const isTaken = areFinite(gradients);
  moveWhere(isTaken, () => moveBy(gradients));
  return isTaken;
}

function moveStatistics(
  statistics: readonly Movable[],
  averages: Averages | null,
  moved: ReadonlyMap<Variable, Tensor>,
): void {
  statistics.forEach((movable, index) => {
    const members = membersOf(movable);
    if (!members.some((member) => moved.has(member))) return;
    const value = joined(
      movable,
      members.map((member) => moved.get(member) ?? member),
    );
    assignVariable(movable, value);
    if (averages) assignVariable(averages.statistics[index]!, value);
  });
}
