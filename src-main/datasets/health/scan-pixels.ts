/** Every picture of a data set decoded once, small, in the threads of a pool, and what comes out of comparing them. */
import { StrataError } from "../../contract/errors.ts";
import type { DuplicateKind, DuplicatesFound, PictureRef, PixelScan, UnusualKind } from "../../contract/pixel-scan.ts";
import { noAnswer } from "../../platform/in-time.ts";
import type { Dataset, Example } from "../example.ts";
import type { OpenOptions } from "../open-options.ts";
import { chunksOf, createWorkerPool, inLanes } from "../worker-pool.ts";
import { createSketches, findNearDuplicates } from "./near-duplicates.ts";
import { hashesPerPicture, hashWords, squarePixels, thumbLength } from "./sketch.ts";
import type { Sketched, SketchTask } from "./sketch-worker.ts";
import { findUnusual, type PictureTraits } from "./unusual.ts";

const filesPerTask = 32;
const mostGroupsShown = 24;
const mostInGroupShown = 6;
const mostUnusualShown = 24;

export type ScannedDataset = Pick<Dataset, "source" | "classNames" | "examples" | "fingerprint">;

/** @throws StrataError `data.changed`, `file.no-answer`, and the signal's reason */
export async function scanPixels(
  dataset: ScannedDataset,
  { signal, onProgress, threads }: OpenOptions = {},
): Promise<Omit<PixelScan, "datasetId">> {
  const { source, examples } = dataset;
  const sketches = createSketches(examples.length);
  const traits: PictureTraits[] = new Array(examples.length);
  const channels = createChannels();
  let done = 0;
  const pool = createWorkerPool<SketchTask, readonly Sketched[]>(
    new URL("./sketch-worker.ts", import.meta.url),
    threads,
  );
  try {
    await inLanes(chunksOf(examples, filesPerTask), pool.threads + 1, async (chunk) => {
      signal?.throwIfAborted();
      const asked = chunk.map(({ index, name, contentHash }) => ({ index, name, contentHash }));
      const answers = await pool.run({ source, examples: asked });
      for (const [at, example] of chunk.entries()) take(example, answers[at] ?? "no-answer");
      done += chunk.length;
      onProgress?.(done, examples.length);
    });
  } finally {
    await pool.close();
  }
  signal?.throwIfAborted();
  const unusual = findUnusual(traits);
  const shownUnusual = (kind: UnusualKind) => ({
    pictures: unusual[kind].length,
    shown: unusual[kind].slice(0, mostUnusualShown).map(refTo),
  });
  return {
    fingerprint: dataset.fingerprint,
    pictures: examples.length,
    channels: channels.told(),
    duplicates: sortDuplicates(findNearDuplicates(sketches), examples, refTo),
    unusual: {
      ...{ damaged: shownUnusual("damaged"), blank: shownUnusual("blank"), blurred: shownUnusual("blurred") },
      ...{ small: shownUnusual("small"), elongated: shownUnusual("elongated"), grey: shownUnusual("grey") },
    },
  };

  function take(example: Example, sketched: Sketched): void {
    const { index, split } = example;
    const path = source.kind === "folder" ? source.path : example.name;
    if (sketched === "no-answer") throw noAnswer(path);
    if (sketched === "changed") throw new StrataError("data.changed", { path });
    if (sketched === "damaged") {
      traits[index] = { width: 0, height: 0, contrast: 0, detail: 0, colour: 0 };
      return;
    }
    const { hashes, thumb, width, height, contrast, detail, colour } = sketched;
    sketches.hashes.set(hashes, index * hashesPerPicture * hashWords);
    sketches.thumbs.set(thumb, index * thumbLength);
    sketches.contrasts[index] = contrast;
    traits[index] = { width, height, contrast, detail, colour };
    if (split === "train") channels.add(sketched);
  }
  function refTo(index: number): PictureRef {
    const { name, label, split } = examples[index]!;
    return { example: index, name, className: dataset.classNames[label] ?? "", split };
  }
}

/** Mean and standard deviation of each channel over all pixels, 0 to 1. */
function createChannels() {
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  let pixels = 0;
  return {
    add(sketch: { readonly sums: readonly number[]; readonly squares: readonly number[] }): void {
      for (const channel of sums.keys()) {
        sums[channel]! += sketch.sums[channel]!;
        squares[channel]! += sketch.squares[channel]!;
      }
      pixels += squarePixels ** 2;
    },
    told(): PixelScan["channels"] {
      const mean = sums.map((sum) => (pixels === 0 ? 0 : sum / pixels));
      const spread = squares.map((square, at) =>
        pixels === 0 ? 0 : Math.sqrt(Math.max(0, square / pixels - mean[at]! ** 2)),
      );
      return { mean: mean.map((value) => value / 255), spread: spread.map((value) => value / 255) };
    },
  };
}

function sortDuplicates(
  groups: readonly (readonly number[])[],
  examples: readonly Example[],
  refTo: (index: number) => PictureRef,
): Readonly<Record<DuplicateKind, DuplicatesFound>> {
  const kindOf = (group: readonly number[]): DuplicateKind => {
    const members = group.map((index) => examples[index]!);
    if (new Set(members.map(({ split }) => split)).size > 1) return "splits";
    return new Set(members.map(({ label }) => label)).size > 1 ? "classes" : "within";
  };
  const sorted = Map.groupBy(groups, kindOf);
  const found = (kind: DuplicateKind): DuplicatesFound => {
    const of = sorted.get(kind) ?? [];
    const trained = of.filter((group) => group.some((index) => examples[index]!.split === "train")).flat();
    const measured = (split: "validation" | "test") =>
      trained.filter((index) => examples[index]!.split === split).length;
    return {
      groups: of.length,
      pictures: of.reduce((sum, group) => sum + group.length, 0),
      measured: { validation: measured("validation"), test: measured("test") },
      shown: of.slice(0, mostGroupsShown).map((group) => spread(group, examples).slice(0, mostInGroupShown).map(refTo)),
    };
  };
  return { splits: found("splits"), classes: found("classes"), within: found("within") };
}

/** So that the first few show every split and class that the group has. */
function spread(group: readonly number[], examples: readonly Example[]): readonly number[] {
  const keyOf = (index: number) => `${examples[index]!.split} ${examples[index]!.label}`;
  const parts = [...Map.groupBy(group, keyOf).values()];
  return [...parts.map((part) => part[0]!), ...parts.flatMap((part) => part.slice(1))];
}
