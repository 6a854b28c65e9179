/** What a split that is made anew would come to, and by what pictures can be grouped: worked out from the pictures as they were scanned, and kept nowhere. */
import type { DatasetSource } from "../../contract/dataset.ts";
import type { OfferedGroup, SplitAnew, SplitPreview } from "../../contract/split-plan.ts";
import { offeredGroups } from "../../datasets/splits/offered-groups.ts";
import { partAnew } from "../../datasets/splits/split-anew.ts";
import { editablePictures } from "../../datasets/with-edits.ts";
import type { DatasetLibrary } from "./dataset-library.ts";

export interface SplitPreviews {
  /** Throws what opening the source does. */
  groups(source: DatasetSource, signal?: AbortSignal): Promise<readonly OfferedGroup[]>;
  /** Without a version's changes, which come after it. Throws what opening the source does, `data.no-groups` and `data.too-few-groups`. */
  preview(source: DatasetSource, plan: SplitAnew, signal?: AbortSignal): Promise<SplitPreview>;
}

export function createSplitPreviews(datasets: Pick<DatasetLibrary, "open">): SplitPreviews {
  const asFound = async (source: DatasetSource, signal?: AbortSignal) => {
    const { split: _, ...rest } = source;
    const { version: __, ...onDisk } = { version: undefined, ...rest };
    const { dataset } = await datasets.open(onDisk, signal);
    return { pictures: editablePictures(dataset), columns: dataset.columns };
  };
  return {
    async groups(source, signal) {
      const { pictures, columns } = await asFound(source, signal);
      return offeredGroups(
        pictures.map(({ name }) => name),
        columns,
      );
    },
    async preview(source, plan, signal) {
      const { pictures, columns } = await asFound(source, signal);
      const parted = partAnew(pictures, columns, plan);
      const classes = new Map<string, { name: string; train: number; validation: number; test: number }>();
      for (const { className, split } of parted.pictures) {
        const counts = classes.get(className) ?? { name: className, train: 0, validation: 0, test: 0 };
        counts[split]++;
        classes.set(className, counts);
      }
      const all = [...classes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const kept = all.filter(({ train }) => train > 0);
      const sum = (split: "train" | "validation" | "test") => kept.reduce((total, counts) => total + counts[split], 0);
      return {
        classes: kept,
        counts: { train: sum("train"), validation: sum("validation"), test: sum("test") },
        grouping: parted.grouping,
        leftOut: all.filter(({ train }) => train === 0).map(({ name }) => name),
      };
    },
  };
}
