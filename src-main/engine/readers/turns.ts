/** Work that takes memory and threads, of which only so much goes on at once; the rest waits in order. */
import { unlessAborted } from "../../platform/unless-aborted.ts";

/** Rejects with the signal's reason where it aborts before the work's turn has come. */
export type InTurn = <T>(work: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

export function createTurns(mostAtOnce: number): InTurn {
  let going = 0;
  const waiting: (() => void)[] = [];
  const turn = async (signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    if (going < mostAtOnce) {
      going++;
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    if (signal === undefined) return promise;
    await unlessAborted(promise, signal).catch((reason: unknown) => {
      const place = waiting.indexOf(resolve);
      if (place >= 0) waiting.splice(place, 1);
      else handOver(); // its turn came at the very moment
      throw reason;
    });
  };
  // A turn that ends is handed over, so that nobody comes between.
  const handOver = (): void => {
    const next = waiting.shift();
    if (next) next();
    else going--;
  };
  return async (work, signal) => {
    await turn(signal);
    try {
      return await work();
    } finally {
      handOver();
    }
  };
}
