/** Long work of the engine's thread: every few milliseconds others are answered. */
import { setImmediate as othersTurn } from "node:timers/promises";
import type { InPieces } from "../domain/in-pieces.ts";

const mostMillis = 10;

/**
 * @returns what to await between two pieces of the same work; others have their turn only once it has gone on for some time. Throws the signal's reason once it
 *   aborts
 */
export function takingTurns(signal?: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < mostMillis) return;
    await othersTurn();
    signal?.throwIfAborted();
    since = performance.now();
  };
}

/** Throws what the work does. */
export async function inTurns<T>(work: InPieces<T>): Promise<T> {
  const turn = takingTurns();
  for (;;) {
    const piece = work.next();
    if (piece.done) return piece.value;
    await turn();
  }
}
