/** All that a record says of a run's course, to hold one run to another: every point but for speeds, every look, and the bytes of its weights. */
import { join } from "node:path";
import { metrics } from "../../src-main/domain/metrics/metrics.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { sha256OfFile } from "../../src-main/platform/sha256-of-file.ts";
import { openStore } from "../../src-main/store/open-store.ts";

export function recordedCourse(home: string, runId: number) {
  const paths = pathsOf(home);
  const store = openStore(paths.database);
  try {
    const run = store.runs.get(runId);
    const recorded = metrics.map(({ id }) => id).filter((id) => id !== "imagesPerSecond");
    return {
      state: run.state,
      steps: run.stepsDone,
      epochs: run.epochsDone,
      validation: run.validation,
      test: run.test,
      series: store.points.series(runId, recorded, 1_000_000).map(({ runId: _, ...series }) => series),
      weights: run.weights && sha256OfFile(join(paths.weights, run.weights.file)),
    };
  } finally {
    store.close();
  }
}
