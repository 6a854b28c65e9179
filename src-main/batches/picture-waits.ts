/** Who waits for pictures that are still being decoded. */
import type { PictureIndex } from "./picture-index.ts";

export interface PictureWaits {
  /** Resolves once each of these is known, with pixels or with a problem; rejects with what ended decoding, whatever is asked for then. */
  known(exampleIndexes: ArrayLike<number>): Promise<void>;
  /** More pictures are known. */
  look(): void;
  /** Decoding has failed. */
  fail(reason: unknown): void;
}

interface Wait {
  unknown: readonly number[];
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** @param urge is told what is waited for */
export function createPictureWaits(
  { isKnown }: Pick<PictureIndex, "isKnown">,
  urge: (exampleIndexes: readonly number[]) => void,
): PictureWaits {
  const waits = new Set<Wait>();
  let failure: { readonly reason: unknown } | null = null;
  const unknownOf = (exampleIndexes: readonly number[]) => exampleIndexes.filter((index) => !isKnown(index));

  return {
    async known(exampleIndexes) {
      if (failure) throw failure.reason;
      const unknown = unknownOf(Array.from(exampleIndexes));
      if (unknown.length === 0) return;
      urge(unknown);
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waits.add({ unknown, resolve, reject });
      await promise;
    },
    look() {
      for (const wait of waits) {
        wait.unknown = unknownOf(wait.unknown);
        if (wait.unknown.length > 0) continue;
        waits.delete(wait);
        wait.resolve();
      }
    },
    fail(reason) {
      failure ??= { reason };
      for (const { reject } of waits) reject(reason);
      waits.clear();
    },
  };
}
