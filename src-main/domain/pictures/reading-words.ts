/** How a folder was understood, in sentences: the same on the page and on the command line. */
import type { FolderLayout, FolderReading, LeftAside, OfferedReading } from "../../contract/dataset.ts";
import { visibleText } from "../visible-text.ts";

/** A reading that names no column, as those that were kept by older versions, is of any. */
export function isSameReading(a: FolderReading, b: FolderReading): boolean {
  return (
    a.layout === b.layout && a.root === b.root && a.list === b.list && (a.label ?? b.label) === (b.label ?? a.label)
  );
}

const layoutWords: Readonly<Record<FolderLayout, string>> = {
  "class-folders": "one folder per class",
  "split-folders": "folders of splits, with one folder per class in each",
  "splits-in-classes": "one folder per class, with its splits inside",
  "inner-folders": "one class per folder of the second level",
  "file-names": "the class stands in the name of each file",
  "label-list": "a list says the class of each file",
  "one-hot-list": "a list marks the class of each file, in a column for each class",
  "split-lists": "a list for each split says the class of each file",
  "idx-files": "IDX files, with a label for each picture",
  "cifar-10": "CIFAR-10, binary version",
  "cifar-100": "CIFAR-100, binary version, with its 100 fine classes",
  "cifar-100-coarse": "CIFAR-100, binary version, with its 20 coarse classes",
  parquet: "Parquet files with pictures and labels inside",
};

/** As in "a list says the class of each file (labels.csv, column label)". */
export function readingInWords({ layout, root, list, label }: FolderReading): string {
  const column = layout === "one-hot-list" ? "from column" : "column";
  const places = [list ?? root, label === undefined ? "" : `${column} ${label}`].filter((place) => place !== "");
  return places.length === 0 ? layoutWords[layout] : `${layoutWords[layout]} (${visibleText(places.join(", "))})`;
}

/** As in "2 classes, 40 pictures: 30 for training, 10 for testing". */
export function countsInWords({ classCount, pictures }: OfferedReading): string {
  const parts = [
    [pictures.train, "for training"],
    [pictures.validation, "for validation"],
    [pictures.test, "for testing"],
  ] as const;
  const split = parts.flatMap(([count, purpose]) => (count > 0 ? [`${count} ${purpose}`] : []));
  const all = `${classCount} classes, ${plural(pictures.all, "picture")}`;
  return split.length > 0 ? `${all}: ${split.join(", ")}` : all;
}

/** A few classes tell two readings of one kind apart. */
const mostNamed = 4;

/** As in "one folder per class: 2 classes, 40 pictures (cat, dog)". */
export function offerInWords(offer: OfferedReading): string {
  const named = offer.classes.slice(0, mostNamed).map(({ name }) => visibleText(name));
  const names = [...named, ...(offer.classCount > named.length ? ["…"] : [])].join(", ");
  return `${readingInWords(offer.reading)}: ${countsInWords(offer)} (${names})`;
}

const reasonWords: Readonly<Record<LeftAside["reason"], (count: number, example: string) => string>> = {
  "beside-classes": (count) => `${plural(count, "picture")} beside the classes`,
  "without-class": (count) => `${plural(count, "picture")} without a class`,
  "no-split": (count) => `${plural(count, "picture")} beside the splits`,
  "not-listed": (count) => `${plural(count, "picture")} not in the list`,
  "not-found": (count) => `${plural(count, "line")} whose file is not there`,
  "two-classes": (count) => `${plural(count, "picture")} with two classes`,
  "two-splits": (count) => `${plural(count, "picture")} in two splits`,
  "unknown-split": (count, example) =>
    `${plural(count, "picture")} of ${example === "" ? "no split" : `an unknown split (${visibleText(example)})`}`,
};

/** As in "seg_pred: 40 pictures without a class, not used". */
export function leftAsideInWords({ name, pictures, reason, example = "" }: LeftAside): string {
  return `${name === "" ? "" : `${visibleText(name)}: `}${reasonWords[reason](pictures, example)}, not used`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
