import { describe, expect, test } from "vitest";
import type { StepTime } from "../../../src-main/contract/metric.ts";
import { curvePoints, pointColumns } from "../../../src-main/domain/runs/curve-points.ts";
import {
  recordedMoments,
  thinnedTimes,
  timesByStep,
  trainingMillisAt,
} from "../../../src-main/domain/runs/step-times.ts";
import { samplePair } from "../../support/sample-views.ts";

const time = (step: number, trainingMillis: number, recordedAtMillis: number): StepTime => ({
  ...{ step, trainingMillis, recordedAtMillis },
});
/** Two epochs of 10 steps, each evaluated for half a second; between them a pause of a minute. */
const times = [
  time(1, 1_000, 101_000),
  time(10, 10_000, 110_000),
  time(10, 10_000, 110_500),
  time(14, 14_000, 174_500),
  time(20, 20_000, 180_500),
  time(20, 20_000, 181_000),
];

describe("how long a run had trained", () => {
  const at = (step: number) => trainingMillisAt(timesByStep(times), step);
  test("is on a straight line between two recorded moments, over a pause too", () => {
    expect([1, 5, 10, 12, 20].map(at)).toEqual([1_000, 5_000, 10_000, 12_000, 20_000]);
  });
  test("is not known before the first and after the last", () => {
    expect([0, 21].map(at)).toEqual([null, null]);
    expect(trainingMillisAt({ steps: [], trainingMillis: [] }, 1)).toBeNull();
  });
  test("keeps its first and last moment when it is thinned", () => {
    expect(thinnedTimes(times, 3)).toEqual({ steps: [1, 14, 20], trainingMillis: [1_000, 14_000, 20_000] });
    expect(thinnedTimes(times, 100).steps).toHaveLength(6);
    expect(thinnedTimes([], 2)).toEqual({ steps: [], trainingMillis: [] });
  });
});

describe("when a value was recorded", () => {
  const momentOf = recordedMoments(times);
  const of = (step: number, cadence: "batch" | "epoch") => momentOf({ step, cadence });
  test("is after the pause for what was trained after it, and before the evaluation for a batch", () => {
    expect([5, 10, 12].map((step) => of(step, "batch"))).toEqual([105_000, 110_000, 172_500]);
  });
  test("is after the evaluation for a value of an epoch", () => {
    expect([10, 20].map((step) => of(step, "epoch"))).toEqual([110_500, 181_000]);
  });
  test("is the last that is known for what was recorded after it, so that no line runs back", () => {
    expect([of(21, "batch"), of(21, "epoch")]).toEqual([181_000, 181_000]);
    expect(of(0, "batch")).toBeNull();
    expect(recordedMoments([])({ step: 1, cadence: "batch" })).toBeNull();
  });
});

test("the table of a run's points has the time of each, and an empty cell where none was recorded", () => {
  const series = [{ runId: 1, metric: "hardLoss", split: "train", cadence: "batch", steps: [5], values: [2] }] as const;
  const [run] = samplePair(1, 1);
  const cells = (known: readonly StepTime[]) =>
    curvePoints(series, known).map((point) => pointColumns(run!).map(([title, value]) => [title, value(point)]));
  expect(Object.fromEntries(cells(times)[0]!)).toMatchObject({ step: 5, value: 2, training_seconds: 5 });
  expect(Object.fromEntries(cells([])[0]!)).toMatchObject({ training_seconds: "" });
});
