/** One step of training on drawn pictures, to its end in the record: whether this installation can do what it is for. */

import type { SelfTest } from "../../contract/engine-process.ts";
import { StrataError } from "../../contract/errors.ts";
import { usualResize } from "../../contract/resize.ts";
import type { RunView } from "../../contract/run.ts";
import { singleRun } from "../../domain/experiments/experiment-plan.ts";
import type { EngineParts } from "../engine-parts.ts";
import { trainDefaults } from "../models/train-defaults.ts";

/** Of 100 drawn pictures 80 are for training: one batch. */
const pictures = 100;
const batchSize = 80;

export async function selfTest(engine: EngineParts): Promise<SelfTest | { readonly problem: string }> {
  try {
    const { model, training } = trainDefaults({ id: "lenet5" });
    const { runIds } = await engine.scheduling.start(
      singleRun({
        dataset: { kind: "drawn", pictures, pixels: 32, difficulty: 0.3, seed: 1 },
        model,
        resize: usualResize,
        training: { ...training, epochs: 1, batchSize },
        seed: 1,
      }),
    );
    const run = await whenOver(engine, runIds[0]!);
    if (run.state !== "finished") return { problem: run.error?.problem ?? `The run ended as ${run.endReason}.` };
    const [series] = engine.runs.series({ runIds: [run.id], metrics: ["hardLoss"] });
    const hardLoss = series?.values[0];
    if (hardLoss === undefined) return { problem: "The run recorded no loss." };
    return { tensorflow: engine.machine.current().tensorflow ?? "TensorFlow", hardLoss };
  } catch (thrown) {
    if (!(thrown instanceof StrataError)) throw thrown;
    return { problem: thrown.message };
  }
}

async function whenOver(engine: EngineParts, runId: number): Promise<RunView> {
  const done = new AbortController();
  for await (const event of engine.feed.subscribe(done.signal)) {
    // A snapshot does not name all that is over.
    const run = event.kind === "snapshot" ? engine.runs.get(runId) : event.kind === "run" ? event.run : null;
    const over = run !== null && run.id === runId && run.endReason !== null ? run : null;
    if (!over) continue;
    done.abort();
    return over;
  }
  throw new Error("The engine closed before the run was over.");
}
