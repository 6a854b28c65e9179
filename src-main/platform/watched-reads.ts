/**
 * Reads by threads that do nothing else. Asked for beside everything else, a small file costs ten times the processor's time that it takes to read it at once,
 * and at once is right where a thread would only wait. But a thread in a read that never returns can say nothing: so it writes down what it reads in memory
 * that it shares with the thread that started it, and that one watches.
 */
import { workerData } from "node:worker_threads";
import { z } from "zod";
import { inTime } from "./in-time.ts";

/** Room of one thread: numbers, and behind them the path of what it reads. */
const pathBytes = 8_192;
const numbersBytes = 8;
const slotBytes = numbersBytes + pathBytes;
/** At the start of the shared memory: how many threads have taken a slot. A thread that ends keeps its own, and more may be started than run at once. */
const headBytes = 8;
const mostSlots = 64;

/** Positions in a slot's numbers. Odd while a read goes on; another number after each piece that came. */
const beat = 0;
const pathLength = 1;

export interface ReadWatch {
  /** For `workerData` of the threads. */
  readonly reads: SharedArrayBuffer;
  /** The path that a thread has been reading without an answer since `silentMillis` ago; null for none. To be asked now and then. */
  silentPath(now: number, silentMillis: number): string | null;
}

export function createReadWatch(): ReadWatch {
  const reads = new SharedArrayBuffer(headBytes + mostSlots * slotBytes);
  const seen = new Map<number, { readonly beats: number; readonly at: number }>();
  return {
    reads,
    silentPath(now, silentMillis) {
      const taken = Math.min(mostSlots, Atomics.load(new Int32Array(reads, 0, 1), 0));
      for (let slot = 0; slot < taken; slot++) {
        const numbers = numbersOf(reads, slot);
        const beats = Atomics.load(numbers, beat);
        const last = seen.get(slot);
        if (last?.beats !== beats) seen.set(slot, { beats, at: now });
        else if (beats % 2 !== 0 && now - last.at >= silentMillis) return pathIn(reads, slot, numbers);
      }
      return null;
    },
  };
}

const watchedData = z.object({ reads: z.instanceof(SharedArrayBuffer) });
const ownSlot = takeSlot();

function takeSlot() {
  const { success, data } = watchedData.safeParse(workerData);
  if (!success) return null;
  const slot = Atomics.add(new Int32Array(data.reads, 0, 1), 0, 1);
  if (slot >= mostSlots) return null;
  const path = new Uint8Array(data.reads, headBytes + slot * slotBytes + numbersBytes, pathBytes);
  return { numbers: numbersOf(data.reads, slot), path };
}

const encoder = new TextEncoder();

/**
 * Reads at once in a thread that is watched, else beside everything else and in time.
 * @param atOnce calls `came` for each piece that came
 * @throws StrataError `file.no-answer`
 */
export function readInTime<T>(
  path: string,
  { atOnce, beside }: { atOnce: (came: () => void) => T; beside: (came: () => void) => Promise<T> },
): Promise<T> {
  if (ownSlot === null) return inTime(path, beside);
  const { numbers, path: place } = ownSlot;
  Atomics.store(numbers, pathLength, encoder.encodeInto(path, place).written);
  Atomics.add(numbers, beat, 1);
  try {
    return Promise.resolve(atOnce(() => Atomics.add(numbers, beat, 2)));
  } catch (thrown) {
    return Promise.reject(thrown);
  } finally {
    Atomics.add(numbers, beat, 1);
  }
}

function numbersOf(reads: SharedArrayBuffer, slot: number): Int32Array {
  return new Int32Array(reads, headBytes + slot * slotBytes, 2);
}

function pathIn(reads: SharedArrayBuffer, slot: number, numbers: Int32Array): string {
  const length = Atomics.load(numbers, pathLength);
  // A decoder takes no shared memory.
  return new TextDecoder().decode(
    Uint8Array.from(new Uint8Array(reads, headBytes + slot * slotBytes + numbersBytes, length)),
  );
}
