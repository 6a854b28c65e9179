/** Pictures of noise, on which steps are tried and timed before there are any others. */
import type { Batch } from "../../batches/batcher.ts";
import { createRandom } from "../../platform/random.ts";
import type { LabelledExamples } from "../given-labels.ts";

/** Classes named by their numbers; example after example takes the next. */
export function noiseExamples(pictures: number, classes: number): LabelledExamples {
  return {
    classNames: Array.from({ length: classes }, (_, label) => String(label)),
    examples: Array.from({ length: pictures }, (_, index) => ({
      index,
      name: String(index),
      label: index % classes,
      split: "train",
      contentHash: "",
    })),
  };
}

/** The first of those examples, as many as asked. */
export function noiseBatch(pictures: number, inputPixels: number, classes: number, seed: number): Batch {
  const random = createRandom(seed, "noise");
  const examples = Int32Array.from({ length: pictures }, (_, index) => index);
  return {
    pixels: Uint8Array.from({ length: pictures * inputPixels ** 2 * 3 }, () => random.integer(256)),
    labels: examples.map((index) => index % classes),
    examples,
    count: pictures,
  };
}
