/** All kinds of findings, and what they find in a data set. A kind is one file and one line here. */
import { channelStatistics } from "./channels.ts";
import { exactCopies } from "./exact-copies.ts";
import { smallClasses, smallSplits } from "./few-pictures.ts";
import { type ExaminedSet, type Finding, type FindingKind, severities } from "./finding.ts";
import { imbalance } from "./imbalance.ts";
import { lastBatch } from "./last-batch.ts";
import { missingClass } from "./missing-class.ts";
import { namesAlike } from "./names-alike.ts";
import { nearDuplicates } from "./near-duplicates.ts";
import { unusualPictures } from "./unusual-pictures.ts";

const kinds: readonly FindingKind[] = [
  missingClass,
  namesAlike,
  exactCopies,
  nearDuplicates,
  smallClasses,
  imbalance,
  smallSplits,
  lastBatch,
  unusualPictures,
  channelStatistics,
];

/** The worst first. */
export function findingsOf(examined: ExaminedSet): readonly Finding[] {
  const found = kinds.flatMap((kind) => kind(examined));
  return found.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}
