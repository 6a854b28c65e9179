/** Pictures as the squares that a network takes, in batches and in order: from what runs have decoded, and else by threads that decode the next while one is answered. */
import { setImmediate } from "node:timers/promises";
import type { PictureSource, Square } from "../batches/make-picture.ts";
import { pathOf } from "../batches/make-picture.ts";
import type { Prepared, PrepareTask } from "../batches/prepare-worker.ts";
import { pictureBytesAt } from "../batches/segment.ts";
import type { DatasetSource } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import { decodeSquare } from "../datasets/pictures/picture-bytes.ts";
import { createWorkerPool, type WorkerPool } from "../datasets/worker-pool.ts";
import { noAnswer } from "../platform/in-time.ts";
import { openStored, type StoredSquares } from "./stored-squares.ts";
import type { AskedPictures, PictureRefusal } from "./tasks.ts";

export interface Squares {
  /** 8-bit RGB of those that could be read, one behind the other. */
  readonly pixels: Uint8Array;
  readonly read: number;
  /** One a picture: null for one that was read. */
  readonly refused: readonly (PictureRefusal | null)[];
}

type DecodingPool = WorkerPool<PrepareTask, readonly Prepared[]>;

/** Made with the first list, and kept as long as this process lives. */
let pool: DecodingPool | null = null;
const decodingPool = (): DecodingPool => {
  pool ??= createWorkerPool(new URL("../batches/prepare-worker.ts", import.meta.url));
  return pool;
};

/** @throws StrataError `file.no-answer`; the signal's reason */
export async function* readSquares(
  asked: AskedPictures,
  square: Square,
  batchSize: number,
  signal: AbortSignal,
): AsyncGenerator<Squares, undefined> {
  if (asked.kind === "held") {
    for (let start = 0; start < asked.files.length; start += batchSize) {
      yield await decodedFiles(asked.files.slice(start, start + batchSize), square);
      await othersHeard(signal);
    }
    return undefined;
  }
  const { source, pictures, cacheFolder } = asked;
  const stored = await openStored(cacheFolder, pictures, square);
  const begun: Promise<Squares>[] = [];
  try {
    for (let start = 0, next = 0; start < pictures.length; start += batchSize) {
      signal.throwIfAborted();
      // Each thread has something to do, and something waits for the one that is done first.
      while (begun.length <= decodingPool().threads && next < pictures.length) {
        const those = pictures.slice(next, next + batchSize);
        const found = storedPictures(stored, next, those.length, square);
        const reading = found ? Promise.resolve(found) : decodedPictures(source, those, square);
        // Awaited in its turn; until then a failure must not count as unhandled.
        reading.catch(() => {});
        begun.push(reading);
        next += batchSize;
      }
      yield await begun.shift()!;
      await othersHeard(signal);
    }
  } finally {
    await Promise.allSettled(begun);
    await stored?.close();
  }
  return undefined;
}

/** Whoever leaves, and what the threads have to say, is heard between batches. @throws the signal's reason */
async function othersHeard(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}

/** Null where one of them is not stored. */
function storedPictures(
  stored: StoredSquares | null,
  start: number,
  count: number,
  { inputPixels }: Square,
): Squares | null {
  if (stored === null) return null;
  const pixels = new Uint8Array(count * pictureBytesAt(inputPixels));
  const isWhole = stored.read(start, count, pixels);
  return isWhole ? { pixels, read: count, refused: new Array<null>(count).fill(null) } : null;
}

/**
 * The one picture that is asked about.
 * @throws StrataError `picture.damaged`, `file.no-answer`
 */
export async function readSquare(asked: AskedPictures, square: Square, signal: AbortSignal): Promise<Uint8Array> {
  for await (const { pixels, read } of readSquares(asked, square, 1, signal)) if (read === 1) return pixels;
  throw new StrataError("picture.damaged", { name: "The picture" });
}

async function decodedPictures(
  source: DatasetSource,
  pictures: readonly PictureSource[],
  square: Square,
): Promise<Squares> {
  const into = new SharedArrayBuffer(pictures.length * pictureBytesAt(square.inputPixels));
  const prepared = await decodingPool().run({ source, ...square, pictures, into });
  const silent = prepared.indexOf("no-answer");
  if (silent >= 0) throw noAnswer(pathOf(source, pictures[silent]!));
  const refused = prepared.map((one) => (typeof one === "string" ? "changed" : "code" in one ? one.code : null));
  return squaresOf(new Uint8Array(into), refused, square);
}

async function decodedFiles(files: readonly Uint8Array[], { inputPixels, resize }: Square): Promise<Squares> {
  const decoded = await Promise.all(files.map((bytes) => decodeSquare(bytes, inputPixels, resize)));
  const squares = decoded.filter((one) => one instanceof Uint8Array);
  return squaresOf(
    Buffer.concat(squares),
    decoded.map((one) => ("code" in one ? one.code : null)),
    { inputPixels },
  );
}

/** @param room has the pictures that could be read at its beginning */
function squaresOf(
  room: Uint8Array,
  refused: readonly (PictureRefusal | null)[],
  { inputPixels }: Pick<Square, "inputPixels">,
): Squares {
  const read = refused.filter((one) => one === null).length;
  return { pixels: room.subarray(0, read * pictureBytesAt(inputPixels)), read, refused };
}
