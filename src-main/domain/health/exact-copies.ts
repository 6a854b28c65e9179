/** Files of the same bytes in two splits or two classes. */
import type { PictureProblemCode } from "../../contract/dataset.ts";
import { type FindingKind, finding } from "./finding.ts";
import { countInWords } from "./words.ts";

const kinds = [
  {
    code: "duplicate-across-splits",
    kind: "splits",
    title: (count: number) => `${countInWords(count, "picture")} in two splits`,
    text: "The same file is trained on and measured on, so the accuracy is too good.",
    remedy:
      "Exclude the copies from one of the splits, by Mend pictures or data exclude; or make the split anew, which keeps files of the same bytes together.",
    splitAnew: { group: null },
  },
  {
    code: "duplicate-across-classes",
    kind: "classes",
    title: (count: number) => `${countInWords(count, "picture")} under two classes`,
    text: "The same file stands under two classes, so one of them is wrong.",
    remedy: "Exclude the one that stands under the wrong class, by Mend pictures or data exclude.",
  },
] as const satisfies readonly { readonly code: PictureProblemCode; readonly [field: string]: unknown }[];

export const exactCopies: FindingKind = ({ view, scan }) =>
  kinds.flatMap(({ code, kind, title, ...told }) => {
    // Among the near-duplicates they are told once more, with their pictures.
    if (scan && scan.duplicates[kind].groups > 0) return [];
    const names = view.problems.filter((problem) => problem.code === code).map(({ name }) => name);
    return names.length === 0
      ? []
      : [finding({ id: code, severity: "serious", title: title(names.length), ...told, names })];
  });
