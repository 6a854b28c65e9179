/** What it takes to have a network answer, before a process is asked to. */
import { architectureOf } from "./model-list.ts";

/** What a process with TensorFlow holds before it has a network. */
export const processBytes = 400e6;

/**
 * Weights twice, since a compiled pass has its own, and what goes into and out of the largest row with as much room to work.
 * @throws StrataError `model.unknown`, `model.input-too-small`
 */
export function forwardBytes(choice: Parameters<typeof architectureOf>[0], batchSize: number): number {
  const { parameters, rows, inputPixels } = architectureOf(choice);
  const largest = Math.max(12 * inputPixels ** 2, ...rows.map(({ activationBytes }) => activationBytes));
  return 8 * parameters + 3 * largest * batchSize;
}
