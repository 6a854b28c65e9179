/** Names that people give to the folders, or to the words in a list, that say which split a picture is of. */
import type { SplitName } from "../../contract/dataset.ts";

const splitOfWord = new Map<string, SplitName>(
  Object.entries({
    ...{ train: "train", training: "train", trn: "train", tr: "train", trainval: "train" },
    ...{
      val: "validation",
      valid: "validation",
      validation: "validation",
      dev: "validation",
      development: "validation",
    },
    ...{ eval: "validation", evaluation: "validation", publictest: "validation" },
    ...{ test: "test", testing: "test", tst: "test", te: "test", pred: "test", prediction: "test", holdout: "test" },
    ...{ privatetest: "test" },
  } as const),
);

/** Words that stand beside the split in a folder's name and say nothing: `training_set`, `seg_train`, `val2017`, `test_images`. */
const fillers = new Set([
  ...["set", "sets", "split", "data", "dataset", "images", "image", "imgs", "img", "pictures", "photos", "seg"],
  ...["folder", "directory", "dir", "the"],
]);

/** Null where the name says no split, or says two. */
export function splitOfName(name: string): SplitName | null {
  const words = name
    .toLowerCase()
    .replace(/[0-9]+$/, "")
    .split(/[^a-z]+/)
    .filter((word) => word !== "" && !fillers.has(word));
  const [word, ...others] = words;
  if (word === undefined || others.length > 0) return null;
  return splitOfOneWord(word);
}

function splitOfOneWord(word: string): SplitName | null {
  return splitOfWord.get(word) ?? splitOfWord.get(word.replace(/(set|data|images|imgs)$/, "")) ?? null;
}

/** The only split among the words of a name, whatever stands beside it, as in `cars_train` and `fairface_label_val`; null for none or several. */
export function splitWordIn(name: string): SplitName | null {
  const splits = new Set(
    name
      .toLowerCase()
      .split(/[^a-z]+/)
      .flatMap((word) => splitOfOneWord(word) ?? []),
  );
  const [only = null, ...others] = splits;
  return others.length === 0 ? only : null;
}

/** Folders that hold pictures and say nothing about them. */
export function isFiller(name: string): boolean {
  const words = name.toLowerCase().split(/[^a-z]+/);
  return words.every((word) => word === "" || fillers.has(word) || word === "all" || word === "raw");
}
