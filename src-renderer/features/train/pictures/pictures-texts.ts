/** Words for what a scan of pictures found. */
import type {
  ClassCounts,
  DatasetSource,
  DatasetView,
  PictureProblem,
  PictureProblemCode,
} from "../../../../src-main/contract/dataset.ts";
import { type PictureFit, resizeInWords } from "../../../../src-main/contract/resize.ts";
import { count, counted, pixels } from "../../../lib/format.ts";
import { isolated } from "../../../lib/names.ts";

/** Of each kind of problem. */
const problemTexts: Readonly<Record<PictureProblemCode, string>> = {
  unreadable: "could not be read",
  empty: "is empty",
  "not-a-picture": "is no picture",
  truncated: "ends before its picture does",
  "unsupported-format": "is of a format that is not read here: convert it to JPEG or PNG",
  animated: "holds more than one frame",
  "first-frame": "moves: its first frame is used",
  "several-pages": "has several pages, and none is larger than all others",
  "first-page": "has several pages: its first is used",
  "too-large": "has more pixels than can be decoded safely",
  "missing-end": "lacks its last bytes, and has all its pixels",
  "range-by-values": "has values of another range than a screen’s: they are scaled to it",
  "link-loop": "links back to a folder above it, or nowhere",
  "outside-archive": "has a name that leads out of the folder",
  "link-in-archive": "is a link or device inside the archive, which is not followed",
  "nested-archive": "is an archive inside the archive: unpack it to use it",
  encrypted: "is encrypted: unpack the archive with its password",
  "unknown-compression": "is compressed in a way that is not read here: pack the archive anew",
  "empty-class": "is a class without a usable picture",
  "duplicate-across-splits": "stands in two splits with the same bytes",
  "duplicate-across-classes": "the same picture is in two classes",
  "edit-picture-gone": "is changed by this version, and is no longer there",
  "edit-picture-changed": "is changed by this version, and has other bytes now: it is used as it stands on disk",
  "edit-class-gone": "is a class that this version renames or merges, and that is no longer there",
  "edit-class-taken": "is the name that this version gives a class, and another class has it",
};

const skippedText = (many: number): string => `${counted(many, "file")} left out`;

/** `2 files left out · 3 duplicates across the split`; null where there is nothing to say. */
export function problemsSummary(problems: readonly PictureProblem[]): string | null {
  const of = (code: PictureProblemCode): number => problems.filter((problem) => problem.code === code).length;
  const links = of("link-in-archive");
  const skipped = problems.filter((problem) => problem.isSkipped).length - links;
  const acrossSplits = of("duplicate-across-splits");
  const acrossClasses = of("duplicate-across-classes");
  const others = problems.length - skipped - links - acrossSplits - acrossClasses;
  const parts = [
    skipped > 0 ? skippedText(skipped) : null,
    links > 0 ? `${counted(links, "link")} in the archive not followed` : null,
    acrossSplits > 0 ? `${counted(acrossSplits, "duplicate")} across the split` : null,
    acrossClasses > 0 ? `${counted(acrossClasses, "duplicate")} across classes` : null,
    others > 0 ? counted(others, "warning") : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(" · ");
}

/** What is offered of pictures that were left out for they move or have several pages; null where none was. */
export function firstFramesText(problems: readonly PictureProblem[]): string | null {
  const isAny = (code: PictureProblemCode): boolean => problems.some((problem) => problem.code === code);
  const parts = [
    isAny("animated") ? "the first frames of moving pictures" : null,
    isAny("several-pages") ? "the first pages of TIFFs" : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `Use ${parts.join(" and ")}`;
}

/** `10 classes · 4,500 train, 500 validation, 1,000 test · 32 px`. */
export function datasetFacts({ classes, counts, sidePixels }: DatasetView): string {
  const splits = [
    `${count(counts.train)} train`,
    counts.validation > 0 ? `${count(counts.validation)} validation` : null,
    counts.test > 0 ? `${count(counts.test)} test` : null,
  ].filter((split) => split !== null);
  const sides = pixels(sidePixels.smallest, sidePixels.largest);
  return `${counted(classes.length, "class", "classes")} · ${splits.join(", ")} · ${sides}`;
}

/** What was held out by us, and what is missing; null where the data brought both splits. */
export function splitNote({ splitOrigin }: DatasetView): string | null {
  const seeded = (["validation", "test"] as const).filter((split) => splitOrigin[split] === "seeded");
  if (splitOrigin.validation === "anew")
    return splitOrigin.test === "none"
      ? "The validation pictures were made anew, and there are no test pictures."
      : "Validation and test pictures were made anew.";
  if (seeded.length === 2) return "Validation and test pictures were held out by Strata, the same ones every time.";
  if (seeded[0]) return `The ${seeded[0]} pictures were held out by Strata, the same ones every time.`;
  if (splitOrigin.test === "none") return "There are no test pictures: the last figures come from validation.";
  return null;
}

/** What becomes of photographs that are not square. */
export function squareNote(fit: PictureFit, source: DatasetSource | undefined): string {
  return source?.kind === "drawn"
    ? "Drawn pictures are square already: any fit shows all of them."
    : resizeInWords({ fit });
}

/** `450 a class`, or `380–450 a class` where classes differ. */
export function balanceText(classes: readonly ClassCounts[]): string {
  const sizes = classes.map((one) => one.train);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  return least === most ? `${count(most)} a class` : `${count(least)}–${count(most)} a class`;
}

/** Where a data set comes from, in a line. */
export function sourceText(source: DatasetSource): string {
  if (source.kind === "folder") return isolated(source.path);
  const how = source.difficulty < 0.2 ? "plain" : source.difficulty < 0.6 ? "with clutter" : "hard to see";
  return `Drawn by Strata: ${counted(source.pictures, "picture")}, ${pixels(source.pixels)}, ${how}`;
}

export const readingsTexts = {
  readAs: "Read as",
  question: "This folder can be understood in more than one way. Read as",
  choose: "Choose",
  others: (many: number): string => `${counted(many, "other way", "other ways")} to read it`,
  title: "How should this folder be read?",
  description: "The pictures stay where they are. Your choice is kept with the data set and with every run on it.",
  heading: (words: string): string => `${words[0]!.toUpperCase()}${words.slice(1)}`,
  use: "Use this",
  keep: "Keep this",
};

/** Why one file, or the folder of a class, is left out or warned of; said behind its name. */
export function problemText({ code, format, leftOut }: PictureProblem): string {
  if (format) return `is ${format}, which is not read here: convert it to JPEG or PNG`;
  if (leftOut) return `holds ${counted(leftOut.pictures, "picture")} of a class without training pictures`;
  return problemTexts[code];
}
