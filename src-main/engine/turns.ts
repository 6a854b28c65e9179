/** Work that takes memory and threads, of which only so much goes on at once; the rest waits in order. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export function createTurns(mostAtOnce: number): InTurn {
  let going = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    // A turn that ends is handed over, so that nobody comes between.
    if (going >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else going++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else going--;
    }
  };
}
