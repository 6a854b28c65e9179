/** A class that a split lacks, or that only a split has: often the same class under two names. */
import type { PictureProblem, SplitName } from "../../contract/dataset.ts";
import { likeName } from "./class-names.ts";
import { type Finding, type FindingKind, finding } from "./finding.ts";
import { countInWords, namesInWords, quoted, splitWords } from "./words.ts";

type LeftOut = NonNullable<PictureProblem["leftOut"]>;

export const missingClass: FindingKind = ({ view }) => {
  const names = view.classes.map(({ name }) => name);
  const leftOut = view.problems.flatMap((problem) => problem.leftOut ?? []);
  return (["validation", "test"] as const).flatMap((split) => {
    const strangers = leftOut.filter((one) => one.split === split);
    // Of what was held out by us, a class too small to give any away is told as a small class.
    const isBrought = view.splitOrigin[split] === "folders";
    const lacking = isBrought ? view.classes.filter((one) => one[split] === 0).map(({ name }) => name) : [];
    const matched = strangers.flatMap((stranger) => {
      const meant = likeName(stranger.className, lacking) ?? likeName(stranger.className, names);
      return meant === null ? [] : [{ stranger, meant }];
    });
    const unmatched = strangers.filter((stranger) => !matched.some((pair) => pair.stranger === stranger));
    const unmentioned = lacking.filter((name) => !matched.some(({ meant }) => meant === name));
    return [
      ...matched.map(({ stranger, meant }) => misspelt(split, stranger, meant)),
      ...(unmentioned.length > 0 ? [missing(split, unmentioned)] : []),
      ...(unmatched.length > 0 ? [onlyThere(split, unmatched)] : []),
    ];
  });
};

function misspelt(split: SplitName, { className, pictures }: LeftOut, meant: string): Finding {
  return finding({
    id: `misspelt-class-${split}`,
    severity: "serious",
    title: `${quoted(className)} in the ${splitWords[split]} pictures is probably ${quoted(meant)}`,
    text: `No training picture is of ${quoted(className)}, so its ${countInWords(pictures, `${splitWords[split]} picture`)} will not be used.`,
    remedy: `Give the class one name everywhere: merge ${quoted(className)} into ${quoted(meant)}, by Mend pictures or data merge-classes.`,
    classes: [className, meant],
  });
}

function missing(split: SplitName, names: readonly string[]): Finding {
  const isOne = names.length === 1;
  return finding({
    id: `missing-class-${split}`,
    severity: "serious",
    title: `No ${splitWords[split]} pictures of ${countInWords(names.length, "class", "classes")}`,
    text: `${namesInWords(names)} ${isOne ? "is" : "are"} trained on and never measured on the ${splitWords[split]} pictures: the accuracy says nothing of ${isOne ? "it" : "them"}.`,
    remedy: `Move some pictures of ${isOne ? "it" : "each"} to the ${splitWords[split]} pictures, by Mend pictures or data move; or make the split anew.`,
    splitAnew: { group: null },
    classes: names,
  });
}

function onlyThere(split: SplitName, strangers: readonly LeftOut[]): Finding {
  const pictures = strangers.reduce((sum, stranger) => sum + stranger.pictures, 0);
  const names = strangers.map(({ className }) => className);
  return finding({
    id: `untrained-class-${split}`,
    severity: "serious",
    title: `${countInWords(names.length, "class", "classes")} among the ${splitWords[split]} pictures alone`,
    text: `No training picture is of ${namesInWords(names)}, so ${countInWords(pictures, `${splitWords[split]} picture`)} will not be used.`,
    remedy:
      "Add training pictures, or rename the class to the one that is meant, by Mend pictures or data rename-class.",
    classes: names,
  });
}
