/** What an arm runs on its network, as one program: the step, and what a look at pictures asks of it. */
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { Network } from "../models/network.ts";
import { openProgram, type Program } from "../tensorflow/compiled/program.ts";
import { scalePixels } from "../tensorflow/kernels/pixels.ts";
import { squaresPenalty } from "./loss.ts";
import type { BoundOptimizer } from "./optimizers.ts";
import { type StepOutcome, trainingStep } from "./training-step.ts";

/** Pixels as `uploadPixels` makes them; targets and labels as in `BatchTensors`, scalars as in `StepScalars`. */
export type ArmFunctions = {
  train(inputs: {
    pixels: Tensor4D;
    labels: Tensor1D;
    targets: Tensor2D;
    learningRate: Scalar;
    dropoutSeed: Scalar;
  }): StepOutcome;
  /** As in an evaluation: no dropout, moving statistics. */
  answer(inputs: { pixels: Tensor4D }): { logits: Tensor2D };
  /** ½·Σw² over kernels. */
  penalty(inputs: object): { squares: Scalar };
};

export type ArmProgram = Program<ArmFunctions>;

/** Steps run op by op where STRATA_EAGER is set. With STRATA_KEEP_GRAPH, the graph's file stays at that path. */
export function openArmProgram(network: Network, optimizer: BoundOptimizer, weightDecay: number): ArmProgram {
  return openProgram<ArmFunctions>({
    variables: [...network.weights.map(({ variable }) => variable), ...optimizer.slots.flat()],
    functions: {
      train: ({ pixels, labels, targets, learningRate, dropoutSeed }) => {
        const batch = { pixels: scalePixels(pixels), labels, targets };
        return trainingStep(batch, { learningRate, dropoutSeed }, network, optimizer, weightDecay);
      },
      answer: ({ pixels }) => ({
        logits: network.forward(scalePixels(pixels), { isTraining: false, dropoutSeed: 0 }).logits,
      }),
      penalty: () => ({ squares: squaresPenalty(network.weights) }),
    },
    isEager: Boolean(process.env.STRATA_EAGER),
    keepGraphAs: process.env.STRATA_KEEP_GRAPH ?? null,
  });
}
