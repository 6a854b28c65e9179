/** What `strata bench` measures: each way to run a network in a training process of its own, one after another. */
import { type Precision, runConfiguration } from "../../contract/configuration.ts";
import { drawnSource } from "../../contract/dataset.ts";
import { type CodedError, StrataError } from "../../contract/errors.ts";
import type { NetworkBench, StepBench } from "../../contract/machine.ts";
import type { TrainerCommand } from "../../training/job.ts";
import { architectureOf } from "../models/model-list.ts";
import { trainDefaults } from "../models/train-defaults.ts";
import { askTrainer } from "../trainer/ask-trainer.ts";
import { realTrainer } from "./diagnose.ts";

export interface BenchRequest {
  readonly id: string;
  readonly inputPixels?: number;
  readonly width?: number;
  readonly batchSize?: number;
  readonly classes: number;
  readonly precision: Precision;
  readonly steps: number;
}

/** Where and until when. */
export interface BenchTools {
  readonly signal: AbortSignal;
  readonly trainerEntry?: string;
}

/** Floating-point operations a second of this machine's best matrix products. */
export async function benchPeak(
  precision: Precision,
  { signal, trainerEntry = realTrainer }: BenchTools,
): Promise<number> {
  const answer = await askTrainer(trainerEntry, { kind: "matmul-peak", precision }, signal);
  if (answer.kind !== "matmul-peak") throw new Error(`Asked for its peak, the trainer answered ${answer.kind}.`);
  return answer.flopsPerSecond;
}

/**
 * The preset nearest to the size asked for, on noise.
 * @throws StrataError `model.unknown`, `model.input-too-small`; ZodError for a value out of its range. What goes wrong in training is told in the result
 */
export async function benchNetwork(
  request: BenchRequest,
  peakFlopsPerSecond: number,
  tools: BenchTools,
): Promise<NetworkBench> {
  const { classes, precision } = request;
  const { model, training } = trainDefaults(request);
  const batchSize = request.batchSize ?? training.batchSize;
  const { multiplyAdds } = architectureOf({ ...model, classes });
  const configuration = runConfiguration.parse({
    dataset: drawnSource.parse({ kind: "drawn" }),
    model,
    training: { ...training, batchSize, precision, schedule: { kind: "constant" } },
    seed: 1,
  });
  const command = {
    kind: "measure",
    arms: [configuration],
    classes,
    steps: request.steps,
    enoughSeconds: Number.POSITIVE_INFINITY,
  } as const;
  const flops = 3 * 2 * multiplyAdds * batchSize;
  const run = (isEager: boolean) => benchSteps(command, isEager, batchSize, flops / peakFlopsPerSecond, tools);
  return { model, classes, batchSize, precision, compiled: await run(false), eager: await run(true) };
}

/** @param leastSeconds what a step would take at the machine's peak */
async function benchSteps(
  command: Extract<TrainerCommand, { kind: "measure" }>,
  isEager: boolean,
  batchSize: number,
  leastSeconds: number,
  { signal, trainerEntry = realTrainer }: BenchTools,
): Promise<StepBench | CodedError> {
  try {
    const environment = { STRATA_EAGER: isEager ? "1" : undefined };
    const answer = await askTrainer(trainerEntry, command, signal, environment);
    if (answer.kind !== "measured") throw new Error(`Asked to measure, the trainer answered ${answer.kind}.`);
    const { secondsPerStep, firstStepSeconds, peakMemoryBytes, refusal } = answer.costs;
    const seconds = secondsPerStep[0]!;
    return {
      millisPerStep: seconds * 1000,
      imagesPerSecond: batchSize / seconds,
      firstStepSeconds,
      peakMemoryBytes,
      shareOfPeak: leastSeconds / seconds,
      refusal: isEager ? null : refusal,
    };
  } catch (thrown) {
    if (!(thrown instanceof StrataError)) throw thrown;
    return thrown.toJSON();
  }
}
