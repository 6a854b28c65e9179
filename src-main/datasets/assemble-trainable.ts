/** Pictures with splits that a person decided, by a plan or one by one → a data set. A class without training pictures is left out, and said, as in a folder. */
import type { PictureProblem } from "../contract/dataset.ts";
import { splitNames } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { LabelledPicture } from "../domain/versions/apply-edits.ts";
import { assembleDataset, inCodePointOrder } from "./assemble.ts";
import type { Dataset } from "./example.ts";

type Told = "name" | "source" | "sidePixels" | "understanding" | "columns" | "grouping" | "problems" | "splitOrigin";

/**
 * @param told its origin of a split that no picture is in is `none` whatever it says
 * @throws StrataError `data.one-class`, `data.no-validation`
 */
export function assembleTrainable(
  { name, source, sidePixels, understanding, columns, grouping, problems, splitOrigin }: Pick<Dataset, Told>,
  pictures: readonly LabelledPicture[],
): Dataset {
  const path = source.kind === "folder" ? source.path : name;
  const trainable = trainableClasses(pictures, path);
  const classNames = [...trainable].sort(inCodePointOrder);
  const kept = pictures.filter(({ className }) => trainable.has(className));
  const leftOut = pictures.filter(({ className }) => !trainable.has(className));
  const labels = new Map(classNames.map((className, label) => [className, label]));
  const isThere = (asked: "validation" | "test") => kept.some(({ split }) => split === asked);
  return assembleDataset({
    ...{ name, source, classNames, sidePixels, understanding, columns, grouping },
    labelled: kept.map(({ className, ...picture }) => ({ ...picture, label: labels.get(className)! })),
    splitOrigin: {
      validation: isThere("validation") ? splitOrigin.validation : "none",
      test: isThere("test") ? splitOrigin.test : "none",
    },
    problems: [
      // Copies and classes without training pictures are looked for anew.
      ...problems.filter((problem) => !problem.code.startsWith("duplicate-") && !problem.leftOut),
      ...leftOutClasses(leftOut),
    ],
    leftOut,
  });
}

/**
 * Classes that have pictures to train on.
 * @throws StrataError `data.one-class`, `data.no-validation` where nothing could be trained on
 */
export function trainableClasses(pictures: readonly LabelledPicture[], path: string): ReadonlySet<string> {
  const trainable = new Set<string>();
  for (const { className, split } of pictures) if (split === "train") trainable.add(className);
  const [className = "none"] = trainable;
  if (trainable.size < 2) throw new StrataError("data.one-class", { className, list: null, path });
  const isMeasured = pictures.some((picture) => picture.split === "validation" && trainable.has(picture.className));
  if (!isMeasured) throw new StrataError("data.no-validation", { path });
  return trainable;
}

function leftOutClasses(pictures: readonly LabelledPicture[]): readonly PictureProblem[] {
  const byClass = Map.groupBy(pictures, ({ className }) => className);
  return [...byClass].flatMap(([className, ofClass]) =>
    splitNames.flatMap((split) => {
      const count = ofClass.filter((picture) => picture.split === split).length;
      const leftOut = { className, split, pictures: count };
      return count === 0 ? [] : { code: "empty-class" as const, name: className, isSkipped: true, leftOut };
    }),
  );
}
