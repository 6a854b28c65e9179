/** One optimiser step: a function of batch tensors, scalars and variables made of tf ops alone, so that it can be recorded as a graph. */
import type { Scalar } from "@tensorflow/tfjs-node-gpu";
import type { Network, Outputs } from "../models/network.ts";
import { assignVariable } from "../tensorflow/compiled/move-variables.ts";
import { tf } from "../tensorflow/runtime.ts";
import { type BatchTensors, hardLoss, objective } from "./loss.ts";
import { applyGradients, type BoundOptimizer } from "./optimizers.ts";

export interface StepScalars {
  /** The scheduled rate times the rule's `rateFactor`. */
  readonly learningRate: Scalar;
  /** int32 */
  readonly dropoutSeed: Scalar;
}

/** Scalars of the state before the update, on the device; the caller disposes them. */
export type StepOutcome = {
  readonly objective: Scalar;
  readonly hardLoss: Scalar;
};

/** Moves the network's weights, the optimiser's slots and the moving statistics by one batch. */
export function trainingStep(
  batch: BatchTensors,
  scalars: StepScalars,
  network: Network,
  optimizer: BoundOptimizer,
  weightDecay: number,
): StepOutcome {
  return tf.tidy(() => {
    const beside: { hardLoss?: Scalar; moving: Outputs["movingUpdates"] } = { moving: [] };
    const { value, grads } = tf.variableGrads(() => {
      const outputs = network.forward(batch.pixels, { isTraining: true, dropoutSeed: scalars.dropoutSeed });
      // `variableGrads` frees all but what it returns; these two are wanted afterwards.
      beside.hardLoss = tf.keep(hardLoss(outputs.logits, batch.labels));
      beside.moving = outputs.movingUpdates;
      for (const { value: moved } of outputs.movingUpdates) tf.keep(moved);
      return objective(outputs, batch.targets, network.weights, weightDecay);
    }, [...optimizer.variables]);
    applyGradients(
      optimizer,
      optimizer.variables.map((variable) => grads[variable.name] ?? null),
      scalars.learningRate,
    );
    for (const { variable, value: moved } of beside.moving) {
      assignVariable(variable, moved);
      moved.dispose();
    }
    if (!beside.hardLoss) throw new Error("The forward pass did not run");
    return { objective: value, hardLoss: beside.hardLoss };
  });
}
