/** Training pictures that no batch holds: only whole batches are trained on. */
import { type FindingKind, finding } from "./finding.ts";
import { countInWords, percentInWords } from "./words.ts";

const muchLeft = 0.05;
const tooMuchLeft = 0.25;

export const partialBatch: FindingKind = ({ view, batchSize }) => {
  const { train } = view.counts;
  // A batch of more than all is made smaller.
  if (batchSize === null || batchSize < 1 || batchSize >= train) return [];
  const left = train % batchSize;
  if (left === 0) return [];
  const share = left / train;
  return [
    finding({
      id: "partial-batch",
      severity: share >= tooMuchLeft ? "serious" : share >= muchLeft ? "warning" : "note",
      title: `Each epoch leaves out ${countInWords(left, "training picture")}`,
      text: `${countInWords(train, "picture")} in batches of ${batchSize} leave ${left} over, ${percentInWords(share)}. Only whole batches are trained on; each epoch leaves out others.`,
      remedy: `Choose a batch size that leaves less over: ${evenerBatch(train, batchSize)} leaves ${train % evenerBatch(train, batchSize)}.`,
    }),
  ];
};

/** Of the sizes from half the batch to one and a half, the nearest of those that leave the fewest over. */
function evenerBatch(train: number, batchSize: number): number {
  let best = batchSize;
  const isBetter = (size: number): boolean => {
    const gain = (train % best) - (train % size);
    return gain > 0 || (gain === 0 && Math.abs(size - batchSize) < Math.abs(best - batchSize));
  };
  for (let size = Math.ceil(batchSize / 2); size <= Math.min(train, batchSize * 1.5); size++)
    if (isBetter(size)) best = size;
  return best;
}
