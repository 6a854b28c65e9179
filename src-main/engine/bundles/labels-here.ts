/** The labels that a bundle's pictures have in this record, which its answers and logits must agree with. */
import type { SplitName } from "../../contract/dataset.ts";
import type { Store } from "../../store/open-store.ts";
import { damagedBundle } from "./damaged-bundle.ts";

/** Pictures by number, with the label that each is said to have. */
interface LabelledPictures {
  readonly split: SplitName;
  readonly examples: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
}

/** @throws StrataError `bundle.damaged` where a picture has another label or split here */
export type CheckLabels = (datasetId: number, pictures: LabelledPictures) => void;

/** A split is read from the record once, however many runs of the bundle have answers on it. */
export function labelsHere(store: Store): CheckLabels {
  const kept = new Map<string, ReadonlyMap<number, number>>();
  function labelsOf(datasetId: number, split: SplitName): ReadonlyMap<number, number> {
    const key = `${datasetId} ${split}`;
    const labels =
      kept.get(key) ??
      new Map(store.datasets.examplesOfSplit(datasetId, split).map(({ index, label }) => [index, label]));
    kept.set(key, labels);
    return labels;
  }
  return (datasetId, { split, examples, labels }) => {
    const ofSplit = labelsOf(datasetId, split);
    const isHere = Array.from(examples).every(
      // A fold that was held out is of the training pictures.
      (example, at) => (ofSplit.get(example) ?? labelsOf(datasetId, "train").get(example)) === labels[at],
    );
    if (!isHere) throw damagedBundle("its answers are to other pictures than its data set has here");
  };
}
