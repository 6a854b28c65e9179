/** A test fixture: invented curves of the shape that real ones have, from a formula and a seeded generator. */
import type { MetricId, MetricPoint } from "../../src-main/contract/metric.ts";
import type { RunView } from "../../src-main/contract/run.ts";

/** Numbers in [0, 1) that are the same for the same seed. */
export function sampleRandom(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

const batchEvery = 5;

/** What a run would have said at one step; several metrics for one moment. */
export function samplePointsAt(run: RunView, step: number): MetricPoint[] {
  const stepsPerEpoch = run.stepsPerEpoch ?? 70;
  const smoothing = run.configuration.training.smoothing;
  const floor = run.trainingObjectiveFloor ?? 0;
  const epoch = Math.ceil(step / stepsPerEpoch);
  const steps = stepsPerEpoch * run.configuration.training.epochs;
  const random = sampleRandom(run.id * 1_000_003 + step);
  const noise = (size: number): number => (random() - 0.5) * size;
  const fall = Math.exp((-3.2 * step) / steps);
  const trainLoss = 0.85 + smoothing + 1.45 * fall;
  const points: MetricPoint[] = [];
  const say = (
    metric: MetricId,
    split: MetricPoint["split"],
    cadence: MetricPoint["cadence"],
    value: number,
  ): unknown => points.push({ metric, split, cadence, step, epoch, value });
  if (step % batchEvery === 0) {
    say("hardLoss", "train", "batch", trainLoss + noise(0.3));
    say("objective", "train", "batch", floor + trainLoss * 0.85 + noise(0.3));
    say("learningRate", "train", "batch", run.configuration.training.learningRate * (1 - step / steps));
  }
  if (step % stepsPerEpoch === 0) {
    say("hardLoss", "validation", "epoch", 1.26 - 0.4 * smoothing + 1.05 * fall + noise(0.03));
    say("objective", "validation", "epoch", floor * 0.77 + 1.2 - 0.4 * smoothing + fall + noise(0.03));
    say("top1", "validation", "epoch", 0.56 + 0.1 * smoothing - 0.4 * fall + noise(0.012));
    say("top5", "validation", "epoch", 0.955 - 0.3 * fall + noise(0.008));
    say("ece", "validation", "epoch", Math.max(0.01, 0.1 - 0.6 * smoothing + noise(0.02)));
    say("largestLogit", "validation", "epoch", (smoothing > 0 ? 5.2 : 9.4) * (1 - 0.7 * fall) + noise(0.2));
    say("imagesPerSecond", "train", "epoch", 91 + noise(6));
  }
  return points;
}
