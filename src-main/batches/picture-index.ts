/** Where each picture's pixels are, in a few typed arrays: one entry for all examples with the same bytes. */
import type { PictureProblemCode } from "../contract/dataset.ts";
import type { Example } from "../datasets/example.ts";
import type { SegmentRecord } from "./segment.ts";

const missing = -1;
const skipped = -2;

export interface StoredPicture {
  /** Same for all examples with the same bytes. */
  readonly entry: number;
  readonly segment: number;
  readonly slot: number;
  readonly checksum: number;
}

export interface PictureIndex {
  /** Entries in all, and those not found yet. */
  readonly entries: number;
  readonly missing: number;
  /** Takes in what a segment says of one picture, if it is wanted and not known yet. */
  add(segment: number, record: SegmentRecord): void;
  /** One example for each missing entry, in the order in which these examples come; of the list, unless others are named first. */
  missingExamples(wantedFirst?: readonly Example[]): readonly Example[];
  /** The same number for all examples with the same bytes. */
  entryOf(exampleIndex: number): number;
  /** Whether it was found, with pixels or with a problem. */
  isKnown(exampleIndex: number): boolean;
  /** Entries with a problem. */
  readonly problems: number;
  problemOf(exampleIndex: number): PictureProblemCode | null;
  /** Throws for an example that is skipped or missing: nobody may ask for it. */
  find(exampleIndex: number): StoredPicture;
  /** Frees what is needed only while pictures are being found. */
  forgetHashes(): void;
}

export function createPictureIndex(examples: readonly Example[]): PictureIndex {
  const entryOfHash = new Map<string, number>();
  const entryOfExample = new Int32Array(examples.length);
  const firstExamples: Example[] = [];
  for (const example of examples) {
    let entry = entryOfHash.get(example.contentHash);
    if (entry === undefined) {
      entry = firstExamples.push(example) - 1;
      entryOfHash.set(example.contentHash, entry);
    }
    entryOfExample[example.index] = entry;
  }
  const entries = firstExamples.length;
  const segments = new Int32Array(entries).fill(missing);
  const slots = new Uint32Array(entries);
  const checksums = new Uint32Array(entries);
  const problems = new Map<number, PictureProblemCode>();
  let missingCount = entries;
  const entryOf = (exampleIndex: number): number => entryOfExample[exampleIndex] ?? -1;

  return {
    entries,
    get missing() {
      return missingCount;
    },
    add(segment, { contentHash, outcome }) {
      const entry = entryOfHash.get(contentHash);
      if (entry === undefined || segments[entry] !== missing) return;
      missingCount--;
      if ("code" in outcome) {
        segments[entry] = skipped;
        problems.set(entry, outcome.code);
      } else {
        segments[entry] = segment;
        slots[entry] = outcome.slot;
        checksums[entry] = outcome.checksum;
      }
    },
    missingExamples(wantedFirst = []) {
      const listed = new Set<number>();
      return [...wantedFirst, ...firstExamples].filter(({ index }) => {
        const entry = entryOf(index);
        if (segments[entry] !== missing || listed.has(entry)) return false;
        listed.add(entry);
        return true;
      });
    },
    entryOf,
    isKnown: (exampleIndex) => segments[entryOf(exampleIndex)] !== missing,
    get problems() {
      return problems.size;
    },
    problemOf: (exampleIndex) => problems.get(entryOf(exampleIndex)) ?? null,
    find(exampleIndex) {
      const entry = entryOf(exampleIndex);
      const segment = segments[entry] ?? missing;
      if (segment < 0) throw new Error(`example ${exampleIndex} has no pixels`);
      return { entry, segment, slot: slots[entry] ?? 0, checksum: checksums[entry] ?? 0 };
    },
    forgetHashes() {
      entryOfHash.clear();
      firstExamples.length = 0;
    },
  };
}
