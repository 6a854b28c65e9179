/** Points of every arm, gathered and handed on a few times a second: a step is too short to be worth a message of its own. */
import type { MetricPoint } from "../contract/metric.ts";
import type { TrainingSink } from "./job.ts";

export const flushMillis = 250;

export interface PointBuffer {
  /** A value that is not finite is no value, and is left out. */
  add(arm: number, point: MetricPoint): void;
  flush(): Promise<void>;
}

export function createPointBuffer(arms: number, sink: TrainingSink): PointBuffer {
  const waiting: MetricPoint[][] = Array.from({ length: arms }, () => []);
  return {
    add(arm, point) {
      if (Number.isFinite(point.value)) waiting[arm]!.push(point);
    },
    async flush() {
      for (const [arm, points] of waiting.entries()) {
        if (points.length > 0) await sink({ kind: "points", arm, points: points.splice(0) });
      }
    },
  };
}
