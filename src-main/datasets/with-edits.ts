/** A scanned folder with the changes of a version: what a person said of the pictures goes before what the folders say. */
import type { PictureProblem, SplitName } from "../contract/dataset.ts";
import { splitNames } from "../contract/dataset.ts";
import type { DatasetEdit } from "../contract/dataset-version.ts";
import { StrataError } from "../contract/errors.ts";
import { applyEdits, type LabelledPicture } from "../domain/versions/apply-edits.ts";
import { assembleDataset, inCodePointOrder } from "./assemble.ts";
import type { Dataset } from "./example.ts";

/** Every picture that edits may name, used or not. */
export function editablePictures(dataset: Dataset): readonly LabelledPicture[] {
  return [...labelledPictures(dataset), ...dataset.leftOut];
}

/** The pictures that are used, by the names of their classes. */
export function labelledPictures({ examples, classNames }: Dataset): readonly LabelledPicture[] {
  return examples.map(({ name, contentHash, label, split }) => ({
    name,
    contentHash,
    className: classNames[label]!,
    split,
  }));
}

/**
 * A class that is left without training pictures is left out, and said, as in a folder.
 * @throws StrataError `data.one-class`, `data.no-validation`
 */
export function withEdits(
  dataset: Dataset,
  { source, name, edits }: Pick<Dataset, "source" | "name"> & { readonly edits: readonly DatasetEdit[] },
): Dataset {
  const path = source.kind === "folder" ? source.path : name;
  const { pictures, conflicts } = applyEdits(editablePictures(dataset), edits);
  const trainable = trainableClasses(pictures, path);
  const classNames = [...trainable].sort(inCodePointOrder);
  const kept = pictures.filter(({ className }) => trainable.has(className));
  const leftOut = pictures.filter(({ className }) => !trainable.has(className));
  const labels = new Map(classNames.map((className, label) => [className, label]));
  return assembleDataset({
    ...{ name, source, classNames },
    labelled: kept.map(({ className, ...picture }) => ({ ...picture, label: labels.get(className)! })),
    splitOrigin: { validation: originOf("validation"), test: originOf("test") },
    sidePixels: dataset.sidePixels,
    understanding: dataset.understanding,
    problems: [
      // Copies and classes without training pictures are looked for anew.
      ...dataset.problems.filter((problem) => !problem.code.startsWith("duplicate-") && !problem.leftOut),
      ...conflicts,
      ...leftOutClasses(leftOut),
    ],
    leftOut,
  });

  function originOf(split: Exclude<SplitName, "train">) {
    if (!kept.some((picture) => picture.split === split)) return "none";
    const before = dataset.splitOrigin[split];
    return before === "none" ? "folders" : before;
  }
}

/**
 * Classes that have pictures to train on.
 * @throws StrataError `data.one-class`, `data.no-validation` where nothing could be trained on
 */
export function trainableClasses(pictures: readonly LabelledPicture[], path: string): ReadonlySet<string> {
  const trainable = new Set<string>();
  for (const { className, split } of pictures) if (split === "train") trainable.add(className);
  const [className = "none"] = trainable;
  if (trainable.size < 2) throw new StrataError("data.one-class", { className, path });
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
