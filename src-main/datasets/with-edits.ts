/** A scanned folder with the changes of a version: what a person said of the pictures goes before what the folders say. */
import type { SplitOrigin } from "../contract/dataset.ts";
import type { DatasetEdit } from "../contract/dataset-version.ts";
import { applyEdits, type LabelledPicture } from "../domain/versions/apply-edits.ts";
import { assembleTrainable } from "./assemble-trainable.ts";
import type { Dataset } from "./example.ts";

/** Every picture that edits may name, used or not. */
export function editablePictures(dataset: Dataset): readonly LabelledPicture[] {
  return [...labelledPictures(dataset), ...dataset.leftOut];
}

/** The pictures that are used, by the names of their classes. */
export function labelledPictures({ examples, classNames }: Dataset): readonly LabelledPicture[] {
  return examples.map(({ index: _, label, ...picture }) => ({ ...picture, className: classNames[label]! }));
}

/**
 * A class that is left without training pictures is left out, and said, as in a folder.
 * @throws StrataError `data.one-class`, `data.no-validation`
 */
export function withEdits(
  dataset: Dataset,
  { source, name, edits }: Pick<Dataset, "source" | "name"> & { readonly edits: readonly DatasetEdit[] },
): Dataset {
  const { pictures, conflicts } = applyEdits(editablePictures(dataset), edits);
  // A split that the data had not has been moved to.
  const originOf = (before: SplitOrigin) => (before === "none" ? "folders" : before);
  const { validation, test } = dataset.splitOrigin;
  return assembleTrainable(
    {
      ...dataset,
      ...{ source, name, problems: [...dataset.problems, ...conflicts] },
      splitOrigin: { validation: originOf(validation), test: originOf(test) },
    },
    pictures,
  );
}
