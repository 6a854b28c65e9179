/** One labelled picture, before anything is decoded, and the list of them that a run trains on. */
import type { DatasetSource, DatasetView, SplitName } from "../contract/dataset.ts";
import type { PictureColumns } from "../domain/splits/group-of-picture.ts";
import type { LabelledPicture } from "../domain/versions/apply-edits.ts";

export interface Example {
  /** Position in the data set's list; stable for one fingerprint. */
  readonly index: number;
  /** Path relative to the folder with forward slashes, or the drawn picture's number. */
  readonly name: string;
  readonly label: number;
  readonly split: SplitName;
  /** Hex SHA-256 of the bytes (of the recipe, for a drawn picture). */
  readonly contentHash: string;
  /** Of pictures that must not be parted, where the split was made by groups: hex, the same for all of them. */
  readonly group?: string;
}

/** A look at a source: what can be trained on, without an id, which the store gives. */
export interface Dataset extends Omit<DatasetView, "id" | "lookedAt"> {
  readonly source: DatasetSource;
  readonly classNames: readonly string[];
  readonly examples: readonly Example[];
  /** Pictures of classes without training pictures: not used, and there for a version that gives them another class. */
  readonly leftOut: readonly LabelledPicture[];
  /** What the label list says of them beside class and split; null without one. */
  readonly columns: PictureColumns | null;
}
