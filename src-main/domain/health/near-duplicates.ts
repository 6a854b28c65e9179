/** Copies saved anew, resized, mirrored or cut: in two splits, in two classes, or beside one another. */
import type { DuplicateKind, DuplicatesFound } from "../../contract/pixel-scan.ts";
import { suggestedGroup } from "../splits/suggested-group.ts";
import { groupInWords } from "../splits/words.ts";
import { type Finding, type FindingKind, finding } from "./finding.ts";
import { countInWords } from "./words.ts";

/** Whose accuracy is too good. */
function measuredInWords({ validation, test }: DuplicatesFound["measured"]): string {
  if (validation + test === 0)
    return "A picture, or nearly the same, stands among the validation pictures and the test pictures: both measure the same in part.";
  const counted = [
    validation > 0 && countInWords(validation, "validation picture"),
    test > 0 && countInWords(test, "test picture"),
  ];
  const verb = validation + test === 1 ? "is" : "are";
  return `${counted.filter(Boolean).join(" and ")} ${verb} like a training picture: the same, or resized, saved anew, mirrored or cut a little. The accuracy is too good.`;
}

const exclude = "exclude the copies from the others, by Mend pictures or data exclude";

const words: Readonly<
  Record<
    DuplicateKind,
    (found: DuplicatesFound) => Pick<Finding, "severity" | "title" | "text" | "remedy" | "splitAnew">
  >
> = {
  splits: ({ groups, measured, shown }) => {
    const group = suggestedGroup(shown);
    return {
      severity: "serious",
      title: `${countInWords(groups, "group")} of near-duplicates in different splits`,
      text: measuredInWords(measured),
      remedy:
        group === null
          ? `Keep each group in one split: ${exclude}.`
          : `Their names share ${groupInWords(group)}: make the split anew and keep together what does, by Make the split anew or --split anew --split-group ${group}. Or ${exclude}.`,
      ...(group === null ? {} : { splitAnew: { group } }),
    };
  },
  classes: ({ groups }) => ({
    severity: "serious",
    title: `${countInWords(groups, "group")} of near-duplicates in different classes`,
    text: "The same picture, or nearly the same, stands under several classes, of which one is probably right.",
    remedy: "Look at each group, and exclude what stands under the wrong class, by Mend pictures or data exclude.",
  }),
  within: ({ groups, pictures }) => ({
    severity: "note",
    title: `${countInWords(groups, "group")} of near-duplicates in one class and split`,
    text: `${countInWords(pictures, "picture")} are copies of one another, or nearly. They count more than others do.`,
    remedy: "Keep one of each where the copies are not meant: exclude the others, by Mend pictures or data exclude.",
  }),
};

export const nearDuplicates: FindingKind = ({ scan }) =>
  (["splits", "classes", "within"] as const).flatMap((kind) => {
    const found = scan?.duplicates[kind];
    if (!found || found.groups === 0) return [];
    return [finding({ id: `near-duplicates-${kind}`, ...words[kind](found), pictures: found.shown })];
  });
