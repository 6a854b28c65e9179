/** How many batches an epoch has. */
import type { TrainingSettings } from "../../contract/configuration.ts";

/** @param pictures of the training split */
export function stepsPerEpoch(
  pictures: number,
  { batchSize: most, dropLast }: Pick<TrainingSettings, "batchSize" | "dropLast">,
): { readonly batchSize: number; readonly steps: number } {
  const batchSize = Math.max(1, Math.min(most, pictures));
  const batches = pictures / batchSize;
  return { batchSize, steps: Math.max(1, dropLast ? Math.floor(batches) : Math.ceil(batches)) };
}
