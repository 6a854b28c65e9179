/** A proposal as it is shown and kept: counts in place of files. */
import type { OfferedReading } from "../../contract/dataset.ts";
import { mayBePicture } from "./folder-tree.ts";
import type { Proposal } from "./proposal.ts";

/** Enough to recognise a reading by. */
const mostClassesShown = 12;

export function offered({ reading, groups, leftAside }: Proposal): OfferedReading {
  const byClass = new Map<string, number>();
  const pictures = { all: 0, train: 0, validation: 0, test: 0 };
  for (const { className, split, files } of groups) {
    const count = files.filter(mayBePicture).length;
    if (count === 0) continue;
    byClass.set(className, (byClass.get(className) ?? 0) + count);
    pictures.all += count;
    if (split) pictures[split] += count;
  }
  const classes = [...byClass].slice(0, mostClassesShown).map(([name, count]) => ({ name, pictures: count }));
  return { reading, classes, classCount: byClass.size, pictures, leftAside: [...leftAside] };
}
