/** Recorded runs as pages and commands read and change them. Every change is told to all windows. */
import { setImmediate as othersTurn } from "node:timers/promises";
import type { CurvesRequest, ExportedCurves } from "../../contract/curves.ts";
import { type DeletedRuns, dayMillis, keptDays } from "../../contract/deleted-runs.ts";
import type { MetricId, RunTimesView, SeriesView, StepTime } from "../../contract/metric.ts";
import type { ConfusionMatrix, RunMarks, RunView } from "../../contract/run.ts";
import { thinnedTimes } from "../../domain/runs/step-times.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Paths } from "../../platform/paths.ts";
import type { Store } from "../../store/open-store.ts";
import type { Feed } from "../feed/feed.ts";
import { exportCurves } from "./export-curves.ts";
import { freeSpace } from "./free-space.ts";

export interface RunSeriesQuestion {
  readonly runIds: readonly number[];
  /** All unless some are named. */
  readonly metrics?: readonly MetricId[];
  /** Thinned so that no series has more. */
  readonly maxPoints?: number;
}

export interface RunLibrary {
  /** The newest first. */
  list(): readonly RunView[];
  /** Throws `run.unknown`. */
  get(runId: number): RunView;
  rename(runId: number, title: string): RunView;
  annotate(runId: number, note: string): RunView;
  /** Pins, archives and tags; throws `run.unknown`, and then marks none. */
  mark(runIds: readonly number[], marks: RunMarks): readonly RunView[];
  /**
   * Deletes the runs' weights and checkpoints, for good; the record of them stays.
   * Throws `run.unknown` and `run.active`, and then deletes none; `disk.read-only` where a file cannot be deleted.
   */
  freeSpace(runIds: readonly number[]): Promise<readonly RunView[]>;
  /** Hides the runs; they are gone for good at the first start after 30 days. Refused while one is active. */
  remove(runIds: readonly number[]): void;
  restore(runIds: readonly number[]): readonly RunView[];
  /** Those that `restore` brings back. */
  deleted(): DeletedRuns;
  /** Deletes for good what was deleted before; its rows and files go at the next start. */
  forget(runIds: readonly number[]): void;
  /** Throws what `exportCurves` does. */
  exportCurves(request: CurvesRequest): ExportedCurves;
  series(question: RunSeriesQuestion): readonly SeriesView[];
  /** The same for a page that shows many runs: bounded in all, and others are answered between two runs. */
  seriesInTurns(question: RunSeriesQuestion & { readonly maxPoints: number }): Promise<readonly SeriesView[]>;
  /** When a run stood at which step, by step and moment; none of one that was trained before times were recorded. */
  stepTimes(runId: number): readonly StepTime[];
  /** Throws `run.unknown`. */
  times(runIds: readonly number[]): readonly RunTimesView[];
  /** The latest recorded matrix of a run: of its test pictures where they were evaluated. */
  confusion(runId: number): ConfusionMatrix | null;
  /** How often the test pictures of its data set were looked at. Throws `run.unknown`. */
  testLooks(runId: number): number;
}

/** Deleted runs in one answer: more than anyone looks through. */
const mostDeleted = 1_000;

/** Of one metric in one answer: what several pages of curves would show. */
const mostPointsOfMetric = 100_000;

/** Of a run in one answer. */
const mostTimes = 1_500;

export function createRunLibrary(tools: {
  readonly store: Store;
  readonly feed: Feed;
  readonly clock: Clock;
  readonly paths: Paths;
}): RunLibrary {
  const { store, feed, clock, paths } = tools;
  const told = <Runs extends readonly RunView[]>(runs: Runs): Runs => {
    for (const run of runs) feed.publish({ kind: "run", run });
    return runs;
  };
  const toldOne = (run: RunView): RunView => told([run] as const)[0];
  const series = ({ runIds, metrics, maxPoints }: RunSeriesQuestion) =>
    runIds.flatMap((runId) => {
      store.runs.get(runId);
      return store.points.series(runId, metrics, maxPoints);
    });

  return {
    list: store.runs.list,
    get: store.runs.get,
    rename: (runId, title) => toldOne(store.runs.rename(runId, title)),
    annotate: (runId, note) => toldOne(store.runs.annotate(runId, note)),
    mark: (runIds, marks) => told(store.runs.mark(runIds, marks, clock.now().toISOString())),
    freeSpace: async (runIds) => told(await freeSpace(store, paths, runIds)),
    remove(runIds) {
      store.runs.remove(runIds, clock.now().toISOString());
      feed.publish({ kind: "runs-removed", runIds });
    },
    restore: (runIds) => told(store.runs.restore(runIds)),
    deleted() {
      const { rows, found } = store.runs.deleted(mostDeleted);
      const runs = rows.map((row) => ({
        ...row,
        validation: store.evaluations.latestResult(row.id, "validation"),
        keptUntil: new Date(Date.parse(row.deletedAt) + keptDays * dayMillis).toISOString(),
      }));
      return { runs, found, diskBytes: runs.reduce((sum, run) => sum + run.diskBytes, 0) };
    },
    forget: (runIds) => store.runs.forget(runIds),
    exportCurves: (request) => exportCurves(store, request),
    series,
    async seriesInTurns({ runIds, metrics, maxPoints }) {
      const share = Math.min(maxPoints, Math.floor(mostPointsOfMetric / runIds.length));
      const all: SeriesView[] = [];
      for (const runId of runIds) {
        all.push(...series({ runIds: [runId], metrics, maxPoints: share }));
        await othersTurn();
      }
      return all;
    },
    stepTimes: (runId) => store.stepTimes.of(runId),
    times: (runIds) =>
      runIds.map((runId) => {
        store.runs.get(runId);
        return { runId, ...thinnedTimes(store.stepTimes.of(runId), mostTimes) };
      }),
    testLooks: (runId) => store.evaluations.testLooks(store.runs.get(runId).dataset.id),
    confusion(runId) {
      const classes = store.runs.get(runId).dataset.classes.length;
      return (
        store.evaluations.confusion(runId, "test", classes) ?? store.evaluations.confusion(runId, "validation", classes)
      );
    },
  };
}
