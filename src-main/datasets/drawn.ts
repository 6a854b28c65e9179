/** The set that the product draws itself, as a list of pictures; each is drawn when it is prepared. */
import type { DrawnSource, SplitName } from "../contract/dataset.ts";
import { splitInName } from "../domain/splits/words.ts";
import { assembleDataset, type Labelled } from "./assemble.ts";
import { assembleTrainable } from "./assemble-trainable.ts";
import { drawnClassNames } from "./draw/classes.ts";
import { drawnContentHash, drawnLabel } from "./draw/draw-picture.ts";
import type { Dataset } from "./example.ts";
import { partAnew } from "./splits/split-anew.ts";
import { labelledPictures } from "./with-edits.ts";

/**
 * Picture n is of class n mod 10, so that every split is balanced to within one picture a class. Of all pictures the first eight tenths are for
 * training, then a tenth (rounded) for validation and a tenth for the test.
 */
export function openDrawnSet(source: DrawnSource): Dataset {
  const heldOut = Math.round(source.pictures / 10);
  const digits = String(source.pictures - 1).length;
  const splitOf = (pictureIndex: number): SplitName => {
    if (pictureIndex < source.pictures - 2 * heldOut) return "train";
    return pictureIndex < source.pictures - heldOut ? "validation" : "test";
  };
  const labelled = Array.from(
    { length: source.pictures },
    (_, pictureIndex): Labelled => ({
      name: String(pictureIndex).padStart(digits, "0"),
      label: drawnLabel(pictureIndex),
      split: splitOf(pictureIndex),
      contentHash: drawnContentHash(source, pictureIndex),
    }),
  );
  const drawn = assembleDataset({
    name: "Drawn shapes",
    source,
    classNames: drawnClassNames,
    labelled,
    splitOrigin: { validation: "folders", test: "folders" },
    sidePixels: { smallest: source.pixels, largest: source.pixels },
    understanding: null,
    problems: [],
    leftOut: [],
  });
  if (source.split?.kind !== "anew") return drawn;
  const { pictures, grouping } = partAnew(labelledPictures(drawn), null, source.split);
  const name = `${drawn.name}, ${splitInName(source.split)}`;
  const splitOrigin = { validation: "anew", test: "anew" } as const;
  return assembleTrainable({ ...drawn, name, grouping, splitOrigin }, pictures);
}
