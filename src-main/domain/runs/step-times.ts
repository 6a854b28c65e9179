/** How long a run had trained at a step, and when that was, between the moments that are recorded. */
import type { MetricPoint, RunTimesView, StepTime } from "../../contract/metric.ts";

/** Columns of equal length, ascending. */
export type TimesByStep = Pick<RunTimesView, "steps" | "trainingMillis">;

/** Milliseconds in its own steps, on the straight line between the two recorded ones around it; null before the first and after the last. */
export function trainingMillisAt({ steps, trainingMillis }: TimesByStep, step: number): number | null {
  const after = firstAtOrAfter(steps, step);
  if (after === steps.length || steps.length === 0) return null;
  if (steps[after] === step) return trainingMillis[after]!;
  if (after === 0) return null;
  const [from, to] = [steps[after - 1]!, steps[after]!];
  const share = (step - from) / (to - from);
  return trainingMillis[after - 1]! + share * (trainingMillis[after]! - trainingMillis[after - 1]!);
}

/**
 * When values were recorded, in milliseconds since 1970. One of a batch is counted back from the next recorded moment, so that a pause before it does not count:
 * within about a second. One of an epoch stands where its evaluation ended; one after the last recorded moment at that one, the nearest that is known. Null where
 * nothing is known.
 * @param times by step, then by moment
 */
export function recordedMoments(
  times: readonly StepTime[],
): (point: Pick<MetricPoint, "step" | "cadence">) => number | null {
  const columns = timesByStep(times);
  return ({ step, cadence }) => {
    const last = times.at(-1);
    if (last !== undefined && step > last.step) return last.recordedAtMillis;
    const training = trainingMillisAt(columns, step);
    if (training === null) return null;
    let at = firstAtOrAfter(columns.steps, step);
    if (cadence === "epoch") while (times[at + 1]?.step === step) at += 1;
    const { recordedAtMillis, trainingMillis } = times[at]!;
    return Math.round(recordedAtMillis - (trainingMillis - training));
  };
}

export function timesByStep(times: readonly StepTime[]): TimesByStep {
  return { steps: times.map(({ step }) => step), trainingMillis: times.map((time) => time.trainingMillis) };
}

/** Every so many of them, the first and the last among them. @param most two or more */
export function thinnedTimes(times: readonly StepTime[], most: number): TimesByStep {
  const stride = Math.max(1, Math.ceil((times.length - 1) / (most - 1)));
  return timesByStep(times.filter((_, index) => index % stride === 0 || index === times.length - 1));
}

function firstAtOrAfter(steps: readonly number[], step: number): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]! < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
