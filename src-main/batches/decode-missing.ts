/** Makes the pictures that no segment holds, in the threads of a pool, and writes them to new segments as they come, from where they can be read at once. */
import type { DatasetSource, PictureProblemCode } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { Dataset, Example } from "../datasets/example.ts";
import { createWorkerPool, inLanes, type WorkerPool } from "../datasets/worker-pool.ts";
import { noAnswer } from "../platform/in-time.ts";
import { createDecodeQueue, type DecodeQueue } from "./decode-queue.ts";
import { pathOf, type Square } from "./make-picture.ts";
import type { PictureIndex } from "./picture-index.ts";
import type { Prepared, PrepareTask } from "./prepare-worker.ts";
import { createSegmentWriter, type OpenSegment, pictureBytesAt } from "./segment.ts";

/** A segment is closed at either bound. A killed process loses what its open segment held. */
export interface DecodeLimits {
  readonly segmentPictures: number;
  readonly segmentBytes: number;
}
const usualLimits: DecodeLimits = { segmentPictures: 8_192, segmentBytes: 128 * 2 ** 20 };

/** About a megabyte of pixels goes to a thread at a time, so that few messages are sent and little memory is held. */
const taskBytes = 2 ** 20;
const mostTaskPictures = 64;

/** Fewer are not worth a message. */
const leastTaskPictures = 8;

export interface DecodeRequest extends Square {
  readonly dataset: Dataset;
  readonly folder: string;
  readonly index: PictureIndex;
  /** Takes in the segments that are written, from their first pictures on. */
  readonly segments: OpenSegment[];
  /** What will be wanted first, in this order; the order of the list behind it. */
  readonly wantedFirst?: readonly Example[];
  /** Pictures that are wanted at once: the threads share them. */
  readonly wantedAtOnce?: number;
  /** More pictures are in the index. */
  readonly onStored: () => void;
  readonly signal: AbortSignal;
  readonly limits?: Partial<DecodeLimits>;
}

export interface Decoding {
  /** The number of pictures decoded. Aborted or refused, it keeps what is decoded so far; a write that fails leaves no partial file. */
  readonly done: Promise<number>;
  /** Somebody waits for these: they come next. */
  urge(exampleIndexes: ArrayLike<number>): void;
}

export function decodeMissing(request: DecodeRequest): Decoding {
  const { index, wantedFirst } = request;
  const examples = index.missingExamples(wantedFirst);
  if (examples.length === 0) return { done: Promise.resolve(0), urge: () => {} };
  const pool = createWorkerPool<PrepareTask, readonly Prepared[]>(new URL("./prepare-worker.ts", import.meta.url));
  const queue = createDecodeQueue(examples, index, pool.threads);
  return { done: decodeAll(request, pool, queue).then(() => examples.length), urge: queue.urge };
}

type Pool = WorkerPool<PrepareTask, readonly Prepared[]>;

async function decodeAll(request: DecodeRequest, pool: Pool, queue: DecodeQueue): Promise<void> {
  const { dataset, inputPixels, resize, wantedAtOnce = Number.POSITIVE_INFINITY, signal } = request;
  const share = Math.max(leastTaskPictures, Math.ceil(wantedAtOnce / pool.threads));
  const room = Math.floor(taskBytes / pictureBytesAt(inputPixels));
  const pictures = Math.max(1, Math.min(mostTaskPictures, share, room));
  const sink = createSegmentSink(request);
  const lanes = pool.threads + 1;
  // Each lane lends its memory to one task at a time: memory is bounded by the lanes, not by the pictures.
  const lent = Array.from({ length: lanes }, () => new SharedArrayBuffer(pictures * pictureBytesAt(inputPixels)));
  try {
    await inLanes(chunksFrom(queue, pictures), lanes, async (chunk, lane) => {
      signal.throwIfAborted();
      const into = lent[lane] as SharedArrayBuffer; // one a lane
      const entries = await decodeChunk(pool, dataset.source, { inputPixels, resize }, chunk, into);
      await sink.put(entries, new Uint8Array(into));
    });
  } finally {
    await pool.close();
    await sink.end();
  }
}

function* chunksFrom(queue: DecodeQueue, pictures: number): Generator<readonly Example[]> {
  for (let chunk = queue.take(pictures); chunk.length > 0; chunk = queue.take(pictures)) yield chunk;
}

type Entry = { contentHash: string; outcome: { checksum: number } | { code: PictureProblemCode } };

async function decodeChunk(
  pool: Pool,
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
function createSegmentSink({ folder, inputPixels, limits, index, segments, onStored }: DecodeRequest) {
  const { segmentPictures, segmentBytes } = { ...usualLimits, ...limits };
  let writer = createSegmentWriter(folder, inputPixels);
  /** Of the segment that is being written, among all. */
  let place = segments.length;
  let failed = false;
  let last: Promise<void> = Promise.resolve();

  async function close(): Promise<void> {
    await writer.finish();
    show();
    place = segments.length;
    writer = createSegmentWriter(folder, inputPixels);
  }
  /** As the segment stands now: its file is read from while it is written, and has another name afterwards. */
  function show(): void {
    if (writer.segment) segments[place] = writer.segment;
  }
  async function write(entries: readonly Entry[], pixels: Uint8Array): Promise<void> {
    const stored = entries.filter(({ outcome }) => "checksum" in outcome).length;
    const records = await writer.append(entries, pixels.subarray(0, stored * pictureBytesAt(inputPixels)));
    show();
    for (const record of records) index.add(place, record);
    if (writer.pictures >= segmentPictures || writer.bytes >= segmentBytes) await close();
    onStored();
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
