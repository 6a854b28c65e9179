/** Words for parting pictures anew. */
import type { OfferedGroup, SplitPreview } from "../../../../../src-main/contract/split-plan.ts";
import { groupInWords, groupingInWords } from "../../../../../src-main/domain/splits/words.ts";
import { count } from "../../../../lib/format.ts";
import { isolated } from "../../../../lib/names.ts";

export const splitAnewTexts = {
  open: "Make the split anew…",
  change: "Change the split…",
  title: "Make the split anew",
  description: "Which pictures train, choose and test the network. Files stay where they are.",
  validation: "Validation",
  test: "Test",
  testHint: "0 for no test pictures.",
  seed: "Seed",
  seedHint: "Another seed holds out other pictures.",
  group: "Keep together",
  noGroup: "Nothing but equal files",
  ownPattern: "What stands at * in the path…",
  groupHint: "Pictures of one group, as of one patient or session, never stand in two splits.",
  pattern: "Pattern",
  patternHint: "As in patient*_ for patient07_left.png.",
  stratify: "Part each class in these shares",
  stratifyHint: "Else the shares hold for all pictures together.",
  versionNote: "Without the changes of the version, which come after it.",
  waiting: "Working out the split…",
  tooFew: "Nothing to show until the values are right.",
  use: "Use this split",
  asFound: "Take the splits as found",
  counts: "Pictures of each split",
  className: "Class",
  training: "Training",
  all: "All",
};

/** `part 1 of the name: 47 groups (patient01, patient02, patient03 …)` */
export function offeredText({ group, groups, first }: OfferedGroup): string {
  const words = groupInWords(group);
  const names = first.map((name) => isolated(name)).join(", ");
  return `${words[0]!.toUpperCase()}${words.slice(1)}: ${count(groups)} groups (${names}${groups > first.length ? " …" : ""})`;
}

/** What is to be known of a split beside its counts. */
export function previewText({ counts, grouping, leftOut }: SplitPreview): string {
  const parts = [
    `${count(counts.train)} training, ${count(counts.validation)} validation, ${count(counts.test)} test.`,
    grouping ? groupingInWords(grouping) : null,
    leftOut.length > 0
      ? `Left without training pictures, and so left out: ${leftOut.map((name) => isolated(name)).join(", ")}.`
      : null,
  ];
  return parts.filter((part) => part !== null).join(" ");
}
