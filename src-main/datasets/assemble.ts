/** Labelled pictures, of whatever source → the data set that is shown, recorded and trained on. */
import { createHash } from "node:crypto";
import type { ClassCounts, DatasetSource, PictureProblem, SplitName } from "../contract/dataset.ts";
import { findCopies } from "./copies.ts";
import type { Dataset, Example } from "./example.ts";

export type Labelled = Omit<Example, "index">;

/** Pictures shown as samples: enough for a glance, whatever the number of classes. */
const sampleCount = 32;

export function assembleDataset(parts: {
  readonly name: string;
  readonly source: DatasetSource;
  readonly classNames: readonly string[];
  readonly labelled: readonly Labelled[];
  readonly splitOrigin: Dataset["splitOrigin"];
  readonly sidePixels: Dataset["sidePixels"];
  readonly understanding: Dataset["understanding"];
  readonly problems: readonly PictureProblem[];
  readonly leftOut: Dataset["leftOut"];
  readonly columns?: Dataset["columns"];
  readonly grouping?: Dataset["grouping"];
}): Dataset {
  const { name, source, classNames, splitOrigin, sidePixels, understanding, leftOut } = parts;
  const { columns = null, grouping = null } = parts;
  // Files come back from the threads in any order; the list, and with it every picture's index, depends on names alone.
  const examples = parts.labelled.toSorted((a, b) => compareText(a.name, b.name)).map(indexed);
  const problems = [...parts.problems, ...findCopies(examples)].sort(
    (a, b) => compareText(a.name, b.name) || compareText(a.code, b.code),
  );
  const classes = countByClass(examples, classNames);
  return {
    name,
    source,
    fingerprint: fingerprintOf(examples, classNames),
    classNames,
    classes,
    counts: { train: total(classes, "train"), validation: total(classes, "validation"), test: total(classes, "test") },
    splitOrigin,
    sidePixels,
    understanding,
    problems,
    samples: chooseSamples(examples, classNames),
    examples,
    leftOut,
    columns,
    grouping,
  };
}

/** The order of classes: of code points, so that it is the same on every machine. */
export function inCodePointOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

const indexed = ({ name, label, split, contentHash, group }: Labelled, index: number): Example => ({
  ...{ index, name, label, split, contentHash },
  ...(group === undefined ? {} : { group }),
});

function compareText(a: string, b: string): number {
  return a < b ? -1 : a === b ? 0 : 1;
}

/** Hex SHA-256 over one line a picture, in the order of the list: its name, bytes, class and split. No name holds a NUL. */
function fingerprintOf(examples: readonly Example[], classNames: readonly string[]): string {
  const hash = createHash("sha256");
  for (const { name, contentHash, label, split } of examples)
    hash.update(`${name}\0${contentHash}\0${classNames[label]}\0${split}\n`);
  return hash.digest("hex");
}

function countByClass(examples: readonly Example[], classNames: readonly string[]): readonly ClassCounts[] {
  const counts = classNames.map((name) => ({ name, train: 0, validation: 0, test: 0 }));
  for (const { label, split } of examples) {
    const ofClass = counts[label];
    if (ofClass) ofClass[split]++;
  }
  return counts;
}

function total(classes: readonly ClassCounts[], split: SplitName): number {
  return classes.reduce((sum, counts) => sum + counts[split], 0);
}

/** One of each class in turn, until there are enough; of more classes than fit, some spread over the list. Which pictures is left to the hashes. */
function chooseSamples(examples: readonly Example[], classNames: readonly string[]): Dataset["samples"] {
  const training = examples.filter(({ split }) => split === "train");
  const byLabel = Map.groupBy(training, ({ label }) => label);
  const shownClasses = Math.min(classNames.length, sampleCount);
  const ranked = Array.from({ length: shownClasses }, (_, shown) => {
    const label = Math.floor((shown * classNames.length) / shownClasses);
    return (byLabel.get(label) ?? []).toSorted((a, b) => compareText(a.contentHash, b.contentHash));
  });
  return Array.from({ length: sampleCount }, (_, round) => ranked.flatMap((ofClass) => ofClass[round] ?? []))
    .flat()
    .slice(0, sampleCount)
    .map(({ index, label }) => ({ example: index, className: classNames[label] ?? "" }));
}
