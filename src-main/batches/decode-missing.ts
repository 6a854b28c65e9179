/** Makes the pictures that no segment holds, in the threads of a pool, and writes them to new segments as they come. */
import type { DatasetSource, PictureProblemCode } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { Dataset, Example } from "../datasets/example.ts";
import { chunksOf, createWorkerPool, inLanes, type WorkerPool } from "../datasets/worker-pool.ts";
import { noAnswer } from "../platform/in-time.ts";
import { pathOf, type Square } from "./make-picture.ts";
import type { PictureIndex } from "./picture-index.ts";
import type { Prepared, PrepareTask } from "./prepare-worker.ts";
import { createSegmentWriter, pictureBytesAt } from "./segment.ts";

/** A segment is closed at either bound. A killed process loses what its open segment held. */
export interface DecodeLimits {
  readonly segmentPictures: number;
  readonly segmentBytes: number;
}
const usualLimits: DecodeLimits = { segmentPictures: 8_192, segmentBytes: 128 * 2 ** 20 };

/** About a megabyte of pixels goes to a thread at a time, so that few messages are sent and little memory is held. */
const taskBytes = 2 ** 20;
const mostTaskPictures = 64;

interface DecodeRequest extends Square {
  readonly dataset: Dataset;
  readonly folder: string;
  readonly index: PictureIndex;
  readonly addSegment: (path: string) => Promise<void>;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<DecodeLimits>;
}

/** The number of pictures decoded. Aborted or refused, it keeps what is decoded so far; a write that fails leaves no partial file. */
export async function decodeMissing(request: DecodeRequest): Promise<number> {
  const { dataset, inputPixels, resize, index, onProgress, signal } = request;
  const examples = index.missingExamples();
  let done = index.entries - examples.length;
  onProgress?.(done, index.entries);
  if (examples.length === 0) return 0;

  const pictures = Math.max(1, Math.min(mostTaskPictures, Math.floor(taskBytes / pictureBytesAt(inputPixels))));
  const sink = createSegmentSink(request);
  const pool = createWorkerPool<PrepareTask, readonly Prepared[]>(new URL("./prepare-worker.ts", import.meta.url));
  const lanes = pool.threads + 1;
  // Each lane lends its memory to one task at a time: memory is bounded by the lanes, not by the pictures.
  const lent = Array.from({ length: lanes }, () => new SharedArrayBuffer(pictures * pictureBytesAt(inputPixels)));
  try {
    await inLanes(chunksOf(examples, pictures), lanes, async (chunk, lane) => {
      signal?.throwIfAborted();
      const into = lent[lane] as SharedArrayBuffer; // one a lane
      const entries = await decodeChunk(pool, dataset.source, { inputPixels, resize }, chunk, into);
      await sink.put(entries, new Uint8Array(into));
      done += chunk.length;
      onProgress?.(done, index.entries);
    });
  } finally {
    await pool.close();
    await sink.end();
  }
  return examples.length;
}

type Entry = { contentHash: string; outcome: { checksum: number } | { code: PictureProblemCode } };

async function decodeChunk(
  pool: WorkerPool<PrepareTask, readonly Prepared[]>,
  source: DatasetSource,
  square: Square,
  chunk: readonly Example[],
  into: SharedArrayBuffer,
): Promise<readonly Entry[]> {
  const pictures = chunk.map(({ index, name, contentHash }) => ({ index, name, contentHash }));
  const prepared = await pool.run({ source, ...square, pictures, into });
  return pictures.map((picture, at) => {
    const outcome = prepared[at];
    if (outcome === "no-answer") throw noAnswer(pathOf(source, picture));
    if (!outcome || outcome === "changed")
      throw new StrataError("data.changed", { path: source.kind === "folder" ? source.path : source.kind });
    return { contentHash: picture.contentHash, outcome };
  });
}

/** Writes one chunk after another, and starts a new segment when one is full. */
function createSegmentSink({ folder, inputPixels, limits, addSegment }: DecodeRequest) {
  const { segmentPictures, segmentBytes } = { ...usualLimits, ...limits };
  let writer = createSegmentWriter(folder, inputPixels);
  let failed = false;
  let last: Promise<void> = Promise.resolve();

  async function close(): Promise<void> {
    const path = await writer.finish();
    writer = createSegmentWriter(folder, inputPixels);
    if (path) await addSegment(path);
  }
  async function write(entries: readonly Entry[], pixels: Uint8Array): Promise<void> {
    const stored = entries.filter(({ outcome }) => "checksum" in outcome).length;
    await writer.append(entries, pixels.subarray(0, stored * pictureBytesAt(inputPixels)));
    if (writer.pictures >= segmentPictures || writer.bytes >= segmentBytes) await close();
  }
  /** One at a time; after a failure nothing more is written, and the partial file goes. */
  async function guarded(work: () => Promise<void>): Promise<void> {
    if (failed) return;
    try {
      await work();
    } catch (failure) {
      failed = true;
      await writer.discard();
      throw failure;
    }
  }
  const queue = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(() => guarded(work));
    last = turn.catch(() => {}); // thrown to whoever queued it
    return turn;
  };

  return {
    put: (entries: readonly Entry[], pixels: Uint8Array) => queue(() => write(entries, pixels)),
    end: () => queue(close),
  };
}
