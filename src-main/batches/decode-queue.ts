/** Which pictures are decoded next: in the order in which they will be wanted, and before all others those that somebody waits for. */
import type { Example } from "../datasets/example.ts";
import type { PictureIndex } from "./picture-index.ts";

export interface DecodeQueue {
  /** The next pictures, so many at most; none once all are taken. */
  take(most: number): readonly Example[];
  /** Somebody waits for these. What is under way already, or was never missing, is left as it is. */
  urge(exampleIndexes: ArrayLike<number>): void;
}

/**
 * @param wanted one example an entry of the index
 * @param threads that share what is waited for
 */
export function createDecodeQueue(
  wanted: readonly Example[],
  { entryOf }: Pick<PictureIndex, "entryOf">,
  threads: number,
): DecodeQueue {
  const placeOfEntry = new Map(wanted.map(({ index }, place) => [entryOf(index), place]));
  const isTaken = new Uint8Array(wanted.length);
  const urged = new Set<number>();
  let next = 0;

  function takeAt(place: number): Example {
    isTaken[place] = 1;
    urged.delete(place);
    return wanted[place] as Example; // a place of this very list
  }
  return {
    take(most) {
      // A share of what is left, so that all threads come to their end together.
      if (urged.size > 0) return [...urged].slice(0, Math.min(most, Math.ceil(urged.size / threads))).map(takeAt);
      const taken: Example[] = [];
      for (; taken.length < most && next < wanted.length; next++) if (!isTaken[next]) taken.push(takeAt(next));
      return taken;
    },
    urge(exampleIndexes) {
      for (const index of Array.from(exampleIndexes)) {
        const place = placeOfEntry.get(entryOf(index));
        if (place !== undefined && !isTaken[place]) urged.add(place);
      }
    },
  };
}
