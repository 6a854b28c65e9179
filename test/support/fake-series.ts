/** A test fixture: invented curves of the shape that real ones have, from a formula and a seeded generator. */
import type { MetricId, MetricPoint, SeriesView } from "../../src-main/contract/metric.ts";
import type { ConfusionMatrix, Mistake, RunView } from "../../src-main/contract/run.ts";

/** Numbers in [0, 1) that are the same for the same seed. */
export function fakeRandom(seed: number): () => number {
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
export function fakePointsAt(run: RunView, step: number): MetricPoint[] {
  const stepsPerEpoch = run.stepsPerEpoch ?? 70;
  const smoothing = run.configuration.training.smoothing;
  const floor = run.trainingObjectiveFloor ?? 0;
  const epoch = Math.ceil(step / stepsPerEpoch);
  const steps = stepsPerEpoch * run.configuration.training.epochs;
  const random = fakeRandom(run.id * 1_000_003 + step);
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

/** All series of a run up to the step that it has done. */
export function fakeSeries(run: RunView, metrics?: readonly MetricId[]): SeriesView[] {
  const columns = new Map<string, { view: SeriesView; steps: number[]; values: number[] }>();
  for (let step = 1; step <= run.stepsDone; step++) {
    for (const { metric, split, cadence, value } of fakePointsAt(run, step)) {
      if (metrics && !metrics.includes(metric)) continue;
      const key = `${metric} ${split} ${cadence}`;
      let column = columns.get(key);
      if (!column) {
        const [steps, values]: [number[], number[]] = [[], []];
        column = { view: { runId: run.id, metric, split, cadence, steps, values }, steps, values };
        columns.set(key, column);
      }
      column.steps.push(step);
      column.values.push(value);
    }
  }
  return [...columns.values()].map((column) => column.view);
}

/** Counts whose diagonal holds about the run's accuracy, with cats and dogs mixed up. */
export function fakeConfusion(run: RunView): ConfusionMatrix | null {
  if (run.test === null) return null;
  const accuracy = run.test.top1!;
  const random = fakeRandom(run.id);
  const classes = run.dataset.classes.length;
  const counts = Array.from({ length: classes }, (_, label) => {
    const row = Array.from({ length: classes }, () => Math.floor(random() * (1 - accuracy) * 18));
    row[label] = Math.round(100 * accuracy + (random() - 0.5) * 20);
    if (label === 3) row[5] = 24;
    if (label === 5) row[3] = 19;
    return row;
  });
  return { split: "test", epoch: run.epochsDone, counts };
}

export function fakeMistakes(runs: readonly RunView[]): Mistake[] {
  const classes = runs[0]?.dataset.classes.length ?? 10;
  const random = fakeRandom(77);
  return Array.from({ length: 24 }, (_, index) => {
    const label = Math.floor(random() * classes);
    const answers = runs.map((_run, place) => ({
      answer: place > 0 && index % 3 === 1 ? label : (label + 1 + Math.floor(random() * 3)) % classes,
      confidence: Math.max(0.3, (place === 0 ? 0.99 : 0.74) - index * 0.01),
    }));
    return { example: 40 + index, label, answers };
  });
}
