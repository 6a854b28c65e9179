/** Waiting for pictures that are still being decoded. */
import { setTimeout as pause } from "node:timers/promises";
import type { PictureCache } from "../batches/picture-cache.ts";
import type { Interrupter } from "./job.ts";

const lookMillis = 50;

/**
 * Waits for what hangs on pictures, and calls `tell` a few times a second while any are being decoded.
 * @returns null where the job was interrupted meanwhile; then nothing is decoded any more
 */
export async function awaitPictures<T>(
  coming: Promise<T>,
  {
    cache,
    interrupter,
    tell,
  }: {
    readonly cache: Pick<PictureCache, "giveUp" | "isDecoding">;
    readonly interrupter: Interrupter;
    readonly tell: () => Promise<void>;
  },
): Promise<{ readonly value: T } | null> {
  const come = coming.then((value) => ({ value }));
  // Awaited below; while something is told, a failure must not count as unhandled.
  come.catch(() => {});
  while (cache.isDecoding) {
    const over = new AbortController();
    const look = pause(lookMillis, null, { signal: over.signal }).catch(() => null);
    const outcome = await Promise.race([come, look]).finally(() => over.abort());
    if (outcome) return outcome;
    if (interrupter.reason) {
      cache.giveUp();
      await come.catch(() => {});
      return null;
    }
    await tell();
  }
  return come.catch((thrown: unknown) => {
    // Given up before.
    if (interrupter.reason) return null;
    throw thrown;
  });
}
