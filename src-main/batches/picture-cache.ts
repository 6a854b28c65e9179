/**
 * Decoded pictures on disk, addressed by what their files hold. Those that are missing are made in the threads of a pool, while the first of them are
 * used already; a second epoch, a second run or a folder that has moved decodes nothing. In memory there are a few numbers a picture, whatever its size.
 */
import type { PictureProblemCode } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import { openContainer } from "../datasets/containers/open-container.ts";
import type { Dataset, Example } from "../datasets/example.ts";
import { makeFolder } from "../platform/make-folder.ts";
import { privateFolderMode } from "../platform/private.ts";
import { explainDiskError, folderOfSquare, mostCacheBytes, removeStalePartials, trimCache } from "./cache-folder.ts";
import { type DecodeLimits, decodeMissing } from "./decode-missing.ts";
import { findStored } from "./find-stored.ts";
import type { Square } from "./make-picture.ts";
import { createPictureIndex, type PictureIndex } from "./picture-index.ts";
import { createPictureReader } from "./picture-reader.ts";
import { createPictureWaits } from "./picture-waits.ts";
import type { OpenSegment } from "./segment.ts";

export interface SkippedPicture {
  /** Index in the data set's list. */
  readonly example: number;
  readonly name: string;
  readonly code: PictureProblemCode;
}

export interface PictureCache {
  readonly inputPixels: number;
  /** Examples that are known to have no pixels: all of them once the cache is whole. Reading one is a broken invariant. */
  readonly skipped: readonly SkippedPicture[];
  isSkipped(exampleIndex: number): boolean;
  /** Pictures that had to be decoded or drawn, those that failed included. */
  readonly decoded: number;
  /** Different pictures that are known, with pixels or without, and in all. */
  readonly progress: { readonly done: number; readonly total: number };
  /** Pictures are still being decoded. */
  readonly isDecoding: boolean;
  /** Resolves once each of these is known; those that nobody has begun with come next. Rejects with what ended decoding, whatever is asked for then. */
  known(exampleIndexes: ArrayLike<number>): Promise<void>;
  /**
   * Resolves once all are. Rejects with `data.changed` where a file no longer holds what was looked at, `data.no-pictures` or `data.too-few` when too little
   * is left after skipping, `file.no-answer`, `disk.full` or `disk.read-only`, and the signal's reason. What was decoded until then is kept in every case but a full disk.
   */
  whole(): Promise<void>;
  /**
   * Fills `into` with one picture after another, 8-bit RGB, inputPixels² × 3 bytes each, once they are there. A picture whose stored pixels are damaged is
   * made anew from its source; fails with `data.changed` if that is gone.
   */
  read(exampleIndexes: ArrayLike<number>, into: Uint8Array): Promise<void>;
  /** Decodes no further: what waits for pictures fails at once. What was decoded is kept. Of a cache that is whole, nothing changes. */
  giveUp(): void;
  /** Gives up, and resolves when nothing is written any more. */
  close(): Promise<void>;
}

export interface PrepareRequest extends Square {
  readonly dataset: Dataset;
  readonly cacheFolder: string;
  /** What will be wanted first, in this order; the order of the list behind it. */
  readonly wantedFirst?: readonly Example[];
  /** Pictures that are wanted at once: the threads share them. */
  readonly wantedAtOnce?: number;
  /** Different pictures that are known, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<DecodeLimits> & { readonly cacheBytes?: number };
}

/** A cache that is whole. Fails as `PictureCache.whole` does. */
export async function preparePictures(request: PrepareRequest): Promise<PictureCache> {
  const cache = await openPictures(request);
  try {
    await cache.whole();
    return cache;
  } catch (thrown) {
    await cache.close();
    throw thrown;
  }
}

/** A cache that is used while its pictures are decoded; where none is missing it is whole. Fails as `PictureCache.whole` does. */
export async function openPictures(request: PrepareRequest): Promise<PictureCache> {
  const { dataset, inputPixels, cacheFolder } = request;
  const folder = folderOfSquare(cacheFolder, request);
  const index = createPictureIndex(dataset.examples);
  const segments: OpenSegment[] = [];
  try {
    makeFolder(folder, privateFolderMode);
    await removeStalePartials(folder);
    await findStored(folder, inputPixels, index, segments);
    if (index.missing > 0) await makeReadable(dataset);
    const isWhole = index.missing === 0;
    const cache = cacheOf(request, { folder, index, segments });
    if (isWhole) await cache.whole();
    return cache;
  } catch (thrown) {
    await closeAll(segments);
    throw explainDiskError(thrown, cacheFolder);
  }
}

interface Stored {
  readonly folder: string;
  readonly index: PictureIndex;
  readonly segments: OpenSegment[];
}

/** Begins to decode what is missing. */
function cacheOf(request: PrepareRequest, { folder, index, segments }: Stored): PictureCache {
  const { dataset, inputPixels, cacheFolder, onProgress } = request;
  const stop = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  const waits = createPictureWaits(index, (wanted) => decoding.urge(wanted));
  const read = createPictureReader(dataset, request, index, segments);
  const progress = () => ({ done: index.entries - index.missing, total: index.entries });
  const tell = () => onProgress?.(progress().done, index.entries);
  const onStored = () => {
    waits.look();
    tell();
  };
  let decoded = 0;
  let isDecoding = true;
  let skipped: readonly SkippedPicture[] = [];
  let problemsSeen = 0;
  const skippedNow = () => {
    if (index.problems !== problemsSeen) skipped = skippedPictures(dataset, index);
    problemsSeen = index.problems;
    return skipped;
  };

  tell();
  const decoding = decodeMissing({ ...request, folder, index, segments, signal, onStored });
  const complete = async () => {
    try {
      decoded = await decoding.done;
      const inUse = new Set(segments.map(({ path }) => path));
      await trimCache(cacheFolder, request.limits?.cacheBytes ?? mostCacheBytes, inUse);
      refuseTooLittle(dataset, skippedNow());
      index.forgetHashes();
    } catch (thrown) {
      const reason = explainDiskError(thrown, cacheFolder);
      waits.fail(reason);
      throw reason;
    } finally {
      isDecoding = false;
    }
  };
  const whole = complete();
  // Thrown to whoever waits; perhaps nobody does.
  whole.catch(() => {});
  const giveUp = (): void => {
    // What is decoded already can be read to the end: whoever stops may still be at an evaluation.
    if (!isDecoding) return;
    const reason = new Error("Decoding was given up.");
    waits.fail(reason);
    stop.abort(reason);
  };
  return {
    inputPixels,
    get skipped() {
      return skippedNow();
    },
    isSkipped: (exampleIndex) => index.problemOf(exampleIndex) !== null,
    get decoded() {
      return decoded;
    },
    get progress() {
      return progress();
    },
    get isDecoding() {
      return isDecoding;
    },
    known: waits.known,
    whole: () => whole,
    async read(exampleIndexes, into) {
      await waits.known(exampleIndexes);
      await read(exampleIndexes, into);
    },
    giveUp,
    async close() {
      giveUp();
      await whole.catch(() => {});
      await closeAll(segments);
    },
  };
}

async function closeAll(segments: readonly OpenSegment[]): Promise<void> {
  await Promise.all(segments.map(({ file }) => file.close()));
}

/** What has to be unpacked first is so once, and not in every thread. Of a source that is gone, its pictures tell. */
async function makeReadable({ source }: Dataset): Promise<void> {
  if (source.kind !== "folder") return;
  await openContainer(source.path).catch((thrown: unknown) => {
    if (!(thrown instanceof StrataError && thrown.code.startsWith("data."))) throw thrown;
  });
}

function skippedPictures(dataset: Dataset, index: PictureIndex): readonly SkippedPicture[] {
  return dataset.examples.flatMap(({ index: example, name }) => {
    const code = index.problemOf(example);
    return code ? [{ example, name, code }] : [];
  });
}

/** Every class must still have a training picture. */
function refuseTooLittle({ examples, classNames, source, name }: Dataset, skipped: readonly SkippedPicture[]): void {
  if (skipped.length === 0) return;
  if (skipped.length === examples.length)
    throw new StrataError("data.no-pictures", { path: source.kind === "folder" ? source.path : name, found: null });
  const left = new Set(skipped.map(({ example }) => example));
  const trained = new Set(
    examples.filter(({ index, split }) => split === "train" && !left.has(index)).map(({ label }) => label),
  );
  for (const [label, className] of classNames.entries())
    if (!trained.has(label)) throw new StrataError("data.too-few", { className, pictures: 0, needed: 1 });
}
