/** How far a job has come, from what its training process tells. */
import type { JobProgress, TrainingEvent } from "../../contract/events.ts";

/** Before a job's process has said anything. */
export function startingProgress(runIds: readonly number[], epochs: number): JobProgress {
  return {
    runIds,
    phase: "starting",
    prepared: null,
    epoch: 0,
    epochs,
    step: 0,
    steps: null,
    imagesPerSecond: null,
    secondsLeft: null,
  };
}

export function progressAfter(before: JobProgress, event: TrainingEvent): JobProgress {
  switch (event.kind) {
    case "preparing": {
      const { done, total } = event;
      const isFirst = before.phase === "starting" || before.phase === "preparing";
      if (!isFirst) return { ...before, prepared: done < total ? { done, total } : null };
      return { ...before, phase: "preparing", prepared: { done, total } };
    }
    case "started":
      return { ...before, steps: event.stepsPerEpoch * before.epochs };
    case "progress": {
      const { phase, epoch, step, imagesPerSecond, secondsLeft } = event;
      // Beside training, pictures are decoded until all are.
      const prepared = before.prepared && before.prepared.done < before.prepared.total ? before.prepared : null;
      return { ...before, phase, prepared, epoch, step, imagesPerSecond, secondsLeft };
    }
    default:
      return before;
  }
}
