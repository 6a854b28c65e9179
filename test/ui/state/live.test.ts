// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { JobProgress } from "../../../src-main/contract/events.ts";
import type { MetricPoint, SeriesView } from "../../../src-main/contract/metric.ts";
import { LiveState, ShownCurves } from "../../../src-renderer/entities/run/live.svelte.ts";
import { RunsState } from "../../../src-renderer/entities/run/runs.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { sampleRun } from "../../support/sample-views.ts";
import { type Answers, later, refusal, scriptedEngine, snapshot } from "./scripted-engine.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const progress: JobProgress = {
  ...{ runIds: [1], phase: "training", prepared: null, epoch: 1, epochs: 8 },
  ...{ step: 1, steps: 560, imagesPerSecond: null, secondsLeft: null },
};
const curve = { metric: "hardLoss", split: "train", cadence: "batch" } as const;
const series = (runId: number, ...values: number[]): SeriesView => ({
  ...curve,
  runId,
  steps: values.map((_, index) => 70 * (index + 1)),
  values,
});
const point = (step: number, value: number): MetricPoint => ({ ...curve, epoch: Math.ceil(step / 70), step, value });

/** One run of 70 steps an epoch is on record and on screen. */
function watching(answers: Answers = { "runs.series": () => [series(1, 2, 1.5)] }) {
  const engine = scriptedEngine({ "runs.times": () => [], ...answers });
  const runs = new RunsState(engine.api, engine.connection, new ToastsState());
  engine.emit(snapshot({ runs: [sampleRun({ id: 1 }), sampleRun({ id: 2 })] }));
  const curves = new ShownCurves(engine.api, engine.connection, runs);
  const end = curves.watch();
  curves.show([1]);
  return { ...engine, curves, end, shown: () => ({ ...curves.of({ ...curve, runId: 1 }) }) };
}
const seriesOf = (calls: readonly (readonly [path: string, ...rest: unknown[]])[]) =>
  calls.filter(([path]) => path === "runs.series").length;
const turn = () => vi.advanceTimersByTimeAsync(0);

describe("the curves on screen", () => {
  test("are loaded once from the record, over epochs", async () => {
    const { curves, calls, shown } = watching();
    expect(curves.isLoading).toBe(true);
    curves.show([1]);
    await turn();
    expect(shown()).toEqual({ xs: [1, 2], ys: [2, 1.5] });
    expect([curves.isLoading, seriesOf(calls)]).toEqual([false, 1]);
  });

  test("grow by the points of their own runs, and tell so", async () => {
    const { curves, emit, shown } = watching();
    await turn();
    const before = curves.version;
    emit({ kind: "points", runId: 2, points: [point(210, 9)] });
    expect(curves.version).toBe(before);
    emit({ kind: "points", runId: 1, points: [point(210, 1.2)] });
    expect([shown().ys, curves.version]).toEqual([[2, 1.5, 1.2], before + 1]);
  });

  test("lie over time too, where their runs' times are on record or come along", async () => {
    const { curves, emit } = watching({
      "runs.series": () => [series(1, 2, 1.5)],
      "runs.times": () => [{ runId: 1, steps: [1, 71], trainingMillis: [1_000, 8_000] }],
    });
    await turn();
    const run = { id: 1, stepsPerEpoch: 70 };
    expect([1, 2].map((epochs) => curves.alongOf(run)?.secondsAt?.(epochs))).toEqual([7.9, null]);
    emit({ kind: "times", runId: 1, times: [{ step: 141, recordedAtMillis: 0, trainingMillis: 15_000 }] });
    expect(curves.alongOf(run)?.secondsAt?.(2)).toBe(14.9);
    expect(curves.alongOf({ id: 2, stepsPerEpoch: 70 })?.secondsAt).toBeNull();
  });

  test("have points that came while the record was read once, in their place", async () => {
    const answer = later<SeriesView[]>();
    const { emit, shown } = watching({ "runs.series": () => answer.promise });
    await turn();
    emit({ kind: "points", runId: 1, points: [point(140, 1.5), point(210, 1.2)] });
    answer.resolve([series(1, 2, 1.5)]);
    await turn();
    expect(shown()).toEqual({ xs: [1, 2, 3], ys: [2, 1.5, 1.2] });
  });

  test("are read again after a lost connection, since points may have been missed", async () => {
    const { emit, answers, shown } = watching();
    await turn();
    answers["runs.series"] = () => [series(1, 2, 1.5, 1.2, 1.1)];
    emit(snapshot({ runs: [sampleRun({ id: 1 })] }));
    await turn();
    expect(shown().ys).toEqual([2, 1.5, 1.2, 1.1]);
  });

  test("of a run that another engine trains are read again from time to time, of one that is trained here not", async () => {
    const { emit, calls, connection } = watching();
    await turn();
    const told = () => emit({ kind: "run", run: sampleRun({ id: 1, state: "running" }) });
    told();
    await vi.advanceTimersByTimeAsync(3_000);
    told();
    expect(seriesOf(calls)).toBe(1);
    await vi.advanceTimersByTimeAsync(1_100);
    expect(seriesOf(calls)).toBe(2);
    connection.active = [progress];
    told();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seriesOf(calls)).toBe(2);
  });

  test("that could not be read say why, until they are asked for again", async () => {
    const { curves, answers, shown } = watching({
      "runs.series": () => {
        throw refusal("The record cannot be read.");
      },
    });
    await turn();
    expect([curves.error?.problem, curves.isLoading]).toEqual(["The record cannot be read.", false]);
    answers["runs.series"] = () => [series(1, 2)];
    curves.retry();
    await turn();
    expect([curves.error, shown().ys]).toEqual([null, [2]]);
  });

  test("of other runs take their place, whatever the earlier question brings", async () => {
    const slow = later<SeriesView[]>();
    const { curves, answers, shown } = watching({ "runs.series": () => slow.promise });
    await turn();
    answers["runs.series"] = () => [series(2, 3)];
    curves.show([2]);
    await turn();
    slow.resolve([series(1, 2)]);
    await turn();
    expect(shown().ys).toEqual([]);
    expect(curves.of({ ...curve, runId: 2 }).ys).toEqual([3]);
  });

  test("follow nothing once nobody watches", async () => {
    const { end, emit, calls } = watching();
    await turn();
    emit({ kind: "run", run: sampleRun({ id: 1, state: "running" }) });
    end();
    emit(snapshot());
    await vi.advanceTimersByTimeAsync(10_000);
    expect(seriesOf(calls)).toBe(1);
  });
});

test("the job that was last seen going is remembered when it has ended, and after a reconnection", () => {
  const { connection, emit } = scriptedEngine();
  const live = new LiveState(connection);
  emit(snapshot());
  expect(live.lastSeen).toEqual([]);
  emit({ kind: "progress", active: [progress] });
  emit({ kind: "progress", active: [] });
  emit(snapshot());
  expect(live.lastSeen).toEqual([1]);
  emit(snapshot({ active: [{ ...progress, runIds: [2, 3] }] }));
  expect(live.lastSeen).toEqual([2, 3]);
});
