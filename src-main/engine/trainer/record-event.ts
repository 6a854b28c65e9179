/** One event of a training process: into the record first, then what the windows are told of it. */
import type { EngineEvent, TrainingEvent } from "../../contract/events.ts";
import type { MetricPoint } from "../../contract/metric.ts";
import type { Store } from "../../store/open-store.ts";
import type { RunAdvance } from "../../store/run-changes.ts";

/**
 * Records the event in one transaction. `runIds[arm]` is the arm's run.
 * @throws StrataError `disk.*`, `store.damaged`; then nothing of the event is recorded.
 */
export function recordEvent(
  store: Store,
  job: {
    readonly runIds: readonly number[];
    readonly checkpointFolder: string;
    /** Since it began or went on. */
    readonly seconds: () => number;
  },
  event: TrainingEvent,
  now: Date,
): readonly EngineEvent[] {
  const { runIds } = job;
  const runOf = (arm: number): number => {
    const runId = runIds[arm];
    if (runId === undefined) throw new Error(`The training process spoke of arm ${arm} of ${runIds.length}.`);
    return runId;
  };
  /** Of a run whose row was damaged meanwhile nothing can be told; it is trained to its end all the same. */
  const told = (runId: number): EngineEvent[] => {
    const run = store.runs.find(runId);
    return run === null ? [] : [{ kind: "run", run }];
  };

  return store.transaction(() => {
    switch (event.kind) {
      case "preparing":
      case "progress":
        return [];
      case "pictures-skipped":
        for (const runId of runIds) store.runs.setPicturesSkipped(runId, event.names.length);
        return runIds.flatMap(told);
      case "started":
        store.runs.start(runOf(event.arm), event);
        return told(runOf(event.arm));
      case "points": {
        const runId = runOf(event.arm);
        store.points.add(runId, event.points);
        store.runs.advance(runId, advanceOf(event.points));
        return [{ kind: "points", runId, points: event.points }];
      }
      case "time": {
        const { step, trainingMillis } = event;
        return runIds.map((runId, arm) => {
          const time = { step, recordedAtMillis: now.getTime(), trainingMillis: trainingMillis[arm]! };
          store.stepTimes.add(runId, time);
          return { kind: "times", runId, times: [time] };
        });
      }
      case "evaluated":
        store.evaluations.add(runOf(event.arm), event);
        return told(runOf(event.arm));
      case "answered":
        store.logits.put(runOf(event.arm), event.split, event);
        return [];
      case "epoch-ended":
        for (const [arm, runId] of runIds.entries()) {
          const trainingSeconds = event.trainingSeconds[arm];
          store.runs.advance(runId, { epochsDone: event.epoch, stepsDone: event.step, trainingSeconds });
        }
        return runIds.flatMap(told);
      case "resumed":
        for (const runId of runIds) {
          store.runs.setResumed(runId, event.step, event.errors[0] ?? null);
          store.stepTimes.forgetAfter(runId, event.step);
        }
        return runIds.flatMap(told);
      case "checkpoint": {
        const { step, epoch, bytes, costs } = event;
        const folder = `${job.checkpointFolder}/${event.folder}`;
        for (const [arm, runId] of runIds.entries()) {
          const saved = { step, epoch, folder, bytes: bytes[arm]!, cost: costs[arm]! };
          store.checkpoints.add(runId, saved, now.toISOString());
          store.runs.setCheckpointError(runId, null);
        }
        return runIds.flatMap(told);
      }
      case "checkpoint-failed":
        for (const runId of runIds) store.runs.setCheckpointError(runId, event.error);
        return runIds.flatMap(told);
      case "restored":
        store.runs.setRestoredEpoch(runOf(event.arm), event.epoch);
        return told(runOf(event.arm));
      case "memory":
        for (const runId of runIds) store.runs.setMemory(runId, event.peakBytes, event.leakedTensors);
        return runIds.flatMap(told);
      case "spent":
        for (const runId of runIds) store.runs.setSpent(runId, event.spent);
        return runIds.flatMap(told);
      case "weights":
        store.runs.setWeights(runOf(event.arm), event.kept, event.error);
        return told(runOf(event.arm));
      case "ended":
        store.runs.setAttempt([runOf(event.arm)], job.seconds());
        store.runs.end(runOf(event.arm), event.reason, event.error, now.toISOString());
        return told(runOf(event.arm));
    }
  });
}

function advanceOf(points: readonly MetricPoint[]): RunAdvance {
  const trained = points.filter(({ split }) => split === "train");
  return {
    stepsDone: trained.length > 0 ? Math.max(...trained.map(({ step }) => step)) : undefined,
    imagesPerSecond: points.findLast(({ metric }) => metric === "imagesPerSecond")?.value,
  };
}
