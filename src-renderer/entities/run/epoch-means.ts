import type { Columns } from "../../ui/charts/columns.ts";

/** The mean of the values of each epoch that is over, standing at its end. A batch at x belongs to the epoch (e − 1, e] that holds x. */
export function epochMeans(batches: Columns): Columns {
  const means: Columns = { xs: [], ys: [] };
  const last = batches.xs.at(-1) ?? 0;
  let sum = 0;
  let values = 0;
  for (const [index, x] of batches.xs.entries()) {
    const y = batches.ys[index];
    if (y !== null && y !== undefined) {
      sum += y;
      values += 1;
    }
    const epoch = Math.ceil(x - 1e-9);
    const isLastOfEpoch = index === batches.xs.length - 1 || Math.ceil(batches.xs[index + 1]! - 1e-9) > epoch;
    if (!isLastOfEpoch) continue;
    // The newest epoch counts only once its last step is there.
    if (epoch <= last + 1e-9 && values > 0) {
      means.xs.push(epoch);
      means.ys.push(sum / values);
    }
    sum = 0;
    values = 0;
  }
  return means;
}
