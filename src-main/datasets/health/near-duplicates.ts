/** Pictures that are one picture saved anew: resized, recompressed, mirrored, or cut a little at the edges. */
import { correlation } from "../../domain/statistics/correlation.ts";
import { createHashIndex } from "./hash-index.ts";
import { thumbOfVariant } from "./likeness.ts";
import { hashesPerPicture, hashWords, mirrored, thumbLength } from "./sketch.ts";

/** What it finds among photographs, and what it takes for a copy, is measured by `test/bench/near-duplicates.ts`. */
const leastCorrelation = 0.8;
/** A picture with less contrast is like every other such. 0 to 255. */
const leastContrast = 3;
/** For one hash of one picture, so that time grows with the number of pictures and not with its square. */
const mostCompared = 2_000;

/** Sketches of many pictures, side by side in a few blocks of memory: 340 bytes a picture. */
export interface Sketches {
  readonly hashes: Uint32Array;
  readonly thumbs: Uint8Array;
  readonly contrasts: Float32Array;
}

export function createSketches(count: number): Sketches {
  return {
    hashes: new Uint32Array(count * hashesPerPicture * hashWords),
    thumbs: new Uint8Array(count * thumbLength),
    contrasts: new Float32Array(count),
  };
}

/** Groups of two or more indices, each picture in one group at most. */
export function findNearDuplicates({ hashes, thumbs, contrasts }: Sketches): readonly (readonly number[])[] {
  const comparable = [...contrasts.keys()].filter((index) => contrasts[index]! >= leastContrast);
  const joined = createUnion(contrasts.length);
  // Pictures of one hash are compared with the first of them, and only that one with all others.
  const firsts = new Map<string, number>();
  const distinct = comparable.filter((index) => {
    const [low, high] = wordsOf(index, 0);
    const key = `${low} ${high}`;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, index);
    const isSame = first !== undefined && areAlike(thumbOf(first), thumbOf(index));
    if (isSame) joined.join(first, index);
    return !isSame;
  });
  const own = Uint32Array.from(distinct.flatMap((index) => wordsOf(index, 0)));
  const index = createHashIndex(own);
  for (const picture of distinct)
    for (let variant = 0; variant < hashesPerPicture; variant++) {
      const [low, high] = wordsOf(picture, variant);
      if (variant > 0 && isKnown(picture, variant)) continue;
      for (const isMirrored of [false, true]) {
        let thumb: Float64Array | null = null;
        index.near(isMirrored ? mirrored(low) : low, isMirrored ? mirrored(high) : high, mostCompared, (at) => {
          const other = distinct[at]!;
          if (other === picture || joined.areJoined(picture, other)) return;
          thumb ??= thumbOfVariant(thumbOf(picture), variant, isMirrored);
          if (areAlike(thumb, thumbOf(other))) joined.join(picture, other);
        });
      }
    }
  return joined.groups();

  function thumbOf(picture: number): Uint8Array {
    return thumbs.subarray(picture * thumbLength, (picture + 1) * thumbLength);
  }

  function wordsOf(picture: number, variant: number): readonly [number, number] {
    const at = (picture * hashesPerPicture + variant) * hashWords;
    return [hashes[at]!, hashes[at + 1]!];
  }
  /** Cuts often have the same hash as the whole, or as one another. */
  function isKnown(picture: number, variant: number): boolean {
    const [low, high] = wordsOf(picture, variant);
    for (let earlier = 0; earlier < variant; earlier++) {
      const [otherLow, otherHigh] = wordsOf(picture, earlier);
      if (low === otherLow && high === otherHigh) return true;
    }
    return false;
  }
}

function createUnion(count: number) {
  const parents = Uint32Array.from({ length: count }, (_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) {
      parents[root] = parents[parents[root]!]!;
      root = parents[root]!;
    }
    return root;
  };
  return {
    areJoined: (a: number, b: number): boolean => rootOf(a) === rootOf(b),
    join(a: number, b: number): void {
      const [rootA, rootB] = [rootOf(a), rootOf(b)];
      parents[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
    },
    groups: (): readonly (readonly number[])[] =>
      [...Map.groupBy(parents.keys(), rootOf).values()].filter((group) => group.length > 1),
  };
}

/** A blank one is like none. */
function areAlike(thumb: ArrayLike<number>, other: ArrayLike<number>): boolean {
  return (correlation(thumb, other) ?? 0) >= leastCorrelation;
}
