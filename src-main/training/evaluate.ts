/** An evaluation of one split with every arm over the same batches: no augmentation, no dropout, no auxiliary heads, moving statistics. */
import { setImmediate } from "node:timers/promises";
import { type Batch, epochBatches } from "../batches/batcher.ts";
import type { PictureCache } from "../batches/picture-cache.ts";
import type { Example } from "../datasets/example.ts";
import { uploadPixels } from "../tensorflow/kernels/pixels.ts";
import type { Arm } from "./arm.ts";
import { type Evaluation, evaluationOf } from "./evaluation.ts";
import type { Interrupter } from "./job.ts";
import { objectiveDecay } from "./loss.ts";

export interface EvaluateRequest {
  readonly arms: readonly Arm[];
  readonly examples: readonly Example[];
  readonly cache: PictureCache;
  readonly batchSize: number;
  readonly interrupter: Interrupter;
}

/**
 * One evaluation an arm; null if it was interrupted, which is asked for between batches. All logits are held until the end:
 * four bytes a picture and class and arm.
 */
export async function evaluateArms({
  arms,
  examples,
  cache,
  batchSize,
  interrupter,
}: EvaluateRequest): Promise<Evaluation[] | null> {
  const first = arms[0];
  if (!first) throw new Error("Evaluation without an arm");
  const { classes } = first;
  const { model, seed } = first.configuration;
  const logits = arms.map(() => new Float32Array(examples.length * classes));
  const labels = new Int32Array(examples.length);
  const order = new Int32Array(examples.length);
  let done = 0;
  const batches = epochBatches({
    examples,
    cache,
    batchSize,
    seed,
    epoch: 0,
    augmentation: null,
    shuffle: false,
  });
  for await (const batch of batches) {
    if (interrupter.reason) return null;
    const pixels = uploadPixels(filledUp(batch, batchSize, model.inputPixels), batchSize, model.inputPixels);
    arms.forEach((arm, index) => {
      const answered = arm.program.run("answer", { pixels }).logits;
      logits[index]!.set(answered.dataSync().subarray(0, batch.count * classes), done * classes);
      answered.dispose();
    });
    labels.set(batch.labels.subarray(0, batch.count), done);
    order.set(batch.examples.subarray(0, batch.count), done);
    done += batch.count;
    pixels.dispose();
    await setImmediate();
  }
  return arms.map((arm, index) =>
    evaluationOf(
      { logits: logits[index]!, labels, examples: order, classes },
      arm.loss,
      arm.configuration.training.smoothing,
      penaltyOf(arm),
    ),
  );
}

/**
 * The last batch with black pictures behind its own: pictures do not see one another here, and one size of batch is one graph.
 */
function filledUp(batch: Batch, pictures: number, side: number): Uint8Array {
  const values = pictures * side * side * 3;
  if (batch.count === pictures) return batch.pixels.subarray(0, values);
  const filled = new Uint8Array(values);
  filled.set(batch.pixels.subarray(0, batch.count * side * side * 3));
  return filled;
}

function penaltyOf(arm: Arm): number {
  const weightDecay = objectiveDecay(arm.configuration.training);
  if (weightDecay === 0) return 0;
  const { squares } = arm.program.run("penalty", {});
  const value = squares.dataSync()[0]! * weightDecay;
  squares.dispose();
  return value;
}
