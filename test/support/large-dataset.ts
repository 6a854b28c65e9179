/** A data set of so many pictures as a look would find it, with nothing on disk. */
import { createHash } from "node:crypto";
import { assembleDataset } from "../../src-main/datasets/assemble.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";

export function largeDataset(pictures: number, path = "/pictures"): Dataset {
  return assembleDataset({
    ...{ name: "pictures", source: { kind: "folder", path }, classNames: ["cat", "dog"] },
    labelled: Array.from({ length: pictures }, (_, index) => ({
      name: `train/${index % 2 === 0 ? "cat" : "dog"}/${String(index).padStart(6, "0")}.jpg`,
      label: index % 2,
      split: index % 10 === 9 ? "validation" : "train",
      contentHash: createHash("sha256").update(String(index)).digest("hex"),
    })),
    splitOrigin: { validation: "seeded", test: "none" },
    sidePixels: { smallest: 32, largest: 32 },
    ...{ understanding: null, problems: [], leftOut: [] },
  });
}
