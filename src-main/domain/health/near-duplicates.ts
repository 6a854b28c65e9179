/** Copies saved anew, resized, mirrored or cut: in two splits, in two classes, or beside one another. */
import type { DuplicateKind, DuplicatesFound } from "../../contract/pixel-scan.ts";
import { type Finding, type FindingKind, finding } from "./finding.ts";
import { countInWords } from "./words.ts";

const words: Readonly<
  Record<DuplicateKind, (found: DuplicatesFound) => Pick<Finding, "severity" | "title" | "text" | "remedy">>
> = {
  splits: ({ groups, measured }) => ({
    severity: "serious",
    title: `${countInWords(groups, "picture")} in two splits, or nearly so`,
    text: `Resized, saved anew, mirrored or cut a little, the same picture is trained on and measured on: ${countInWords(measured.validation, "validation picture")} and ${countInWords(measured.test, "test picture")} are like a training picture. The accuracy is too good.`,
    remedy: "Keep each group in one split: delete the copies from the others, and scan again.",
  }),
  classes: ({ groups }) => ({
    severity: "serious",
    title: `${countInWords(groups, "picture")} in two classes, or nearly so`,
    text: "Nearly the same picture stands under two classes, so one of them is probably wrong.",
    remedy: "Look at each group, delete what stands under the wrong class, and scan again.",
  }),
  within: ({ groups, pictures }) => ({
    severity: "note",
    title: `${countInWords(groups, "group")} of near-duplicates in one class and split`,
    text: `${countInWords(pictures, "picture")} are copies of one another, or nearly so. They count more than others do.`,
    remedy: "Keep one of each where the copies are not meant.",
  }),
};

export const nearDuplicates: FindingKind = ({ scan }) =>
  (["splits", "classes", "within"] as const).flatMap((kind) => {
    const found = scan?.duplicates[kind];
    if (!found || found.groups === 0) return [];
    return [finding({ id: `near-duplicates-${kind}`, ...words[kind](found), pictures: found.shown })];
  });
