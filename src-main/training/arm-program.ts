/** What an arm runs on its network, as one program: the step, and what an evaluation asks of it. */
import type { Scalar, Tensor1D, Tensor2D, Tensor4D } from "@tensorflow/tfjs-node-gpu";
import type { TrainingSettings } from "../contract/configuration.ts";
import type { Preprocessing } from "../contract/weights.ts";
import { openProgram, type Program } from "../tensorflow/compiled/program.ts";
import { scalePixels } from "../tensorflow/kernels/pixels.ts";
import { objectiveDecay, squaresPenalty } from "./loss.ts";
import { type StepOutcome, type Trained, trainingStep } from "./training-step.ts";

/** Pixels as `uploadPixels` makes them; targets, labels and shares as in `BatchTensors`, scalars as in `StepScalars`. */
export type ArmFunctions = {
  train(inputs: {
    pixels: Tensor4D;
    labels: Tensor1D;
    shares: Tensor1D;
    targets: Tensor2D;
    /** Where classes weigh otherwise; as `shares` where it is left out. */
    targetShares?: Tensor1D;
    learningRate: Scalar;
    weightShrink: Scalar;
    averageShare: Scalar;
    dropoutSeed: Scalar;
    /** Where the loss is scaled. */
    lossScale?: Scalar;
  }): StepOutcome;
  /** As in an evaluation: no dropout, moving statistics, averaged weights where there are any. */
  answer(inputs: { pixels: Tensor4D }): { logits: Tensor2D };
  /** ½·Σw² over kernels. */
  penalty(inputs: object): { squares: Scalar };
};

export type ArmProgram = Program<ArmFunctions>;

/** Steps run op by op where STRATA_EAGER is set. With STRATA_KEEP_GRAPH, the graph's file stays at that path. */
export function openArmProgram(
  trained: Trained,
  training: Pick<TrainingSettings, "weightDecay" | "weightDecayKind" | "precision">,
  preprocessing: Preprocessing,
): ArmProgram {
  const { network, optimizer, statistics, averages } = trained;
  const lookedWith = averages?.network ?? network;
  return openProgram<ArmFunctions>({
    variables: [
      ...optimizer.groups.flatMap(({ weights, slots }) => [weights, ...slots]),
      ...statistics,
      ...(averages ? [...averages.weights, ...averages.statistics] : []),
    ],
    functions: {
      train: ({ pixels, labels, shares, targets, targetShares = shares, ...scalars }) => {
        const batch = { pixels: scalePixels(pixels, preprocessing), labels, shares, targets, targetShares };
        return trainingStep(batch, scalars, trained, objectiveDecay(training));
      },
      answer: ({ pixels }) => ({
        logits: lookedWith.forward(scalePixels(pixels, preprocessing), { isTraining: false, dropoutSeed: 0 }).logits,
      }),
      penalty: () => ({ squares: squaresPenalty(lookedWith.weights) }),
    },
    precision: training.precision,
    isEager: Boolean(process.env.STRATA_EAGER),
    keepGraphAs: process.env.STRATA_KEEP_GRAPH ?? null,
  });
}
