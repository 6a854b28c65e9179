/**
 * Decoded pictures on disk, addressed by what their files hold. Preparing makes those that are missing, in the threads of a pool; a second
 * epoch, a second run or a folder that has moved decodes nothing. In memory there are a few numbers a picture, whatever its size.
 */
import { rm, utimes } from "node:fs/promises";
import type { PictureProblemCode } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import { openContainer } from "../datasets/containers/open-container.ts";
import type { Dataset } from "../datasets/example.ts";
import { makeFolder } from "../platform/make-folder.ts";
import { privateFolderMode } from "../platform/private.ts";
import {
  explainDiskError,
  folderOfSquare,
  listSegments,
  mostCacheBytes,
  removeStalePartials,
  trimCache,
} from "./cache-folder.ts";
import { type DecodeLimits, decodeMissing } from "./decode-missing.ts";
import type { Square } from "./make-picture.ts";
import { createPictureIndex, type PictureIndex } from "./picture-index.ts";
import { createPictureReader } from "./picture-reader.ts";
import { openSegment, type Segment } from "./segment.ts";

export interface SkippedPicture {
  /** Index in the data set's list. */
  readonly example: number;
  readonly name: string;
  readonly code: PictureProblemCode;
}

export interface PictureCache {
  readonly inputPixels: number;
  /** Examples without pixels; reading one is a broken invariant. */
  readonly skipped: readonly SkippedPicture[];
  /** Pictures that this preparation had to decode or draw, those that failed included. */
  readonly decoded: number;
  /**
   * Fills `into` with one picture after another, 8-bit RGB, inputPixels² × 3 bytes each. A picture whose stored pixels are damaged is made
   * anew from its source; fails with `data.changed` if that is gone.
   */
  read(exampleIndexes: ArrayLike<number>, into: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export interface PrepareRequest extends Square {
  readonly dataset: Dataset;
  readonly cacheFolder: string;
  /** Different pictures that are ready, and in all. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<DecodeLimits> & { readonly cacheBytes?: number };
}

/**
 * Fails with `data.changed` where a file no longer holds what was looked at, `data.no-pictures` or `data.too-few` when too little is left
 * after skipping, `disk.full` or `disk.read-only`, and with the signal's reason. What was decoded until then is kept in every case but a full disk.
 */
export async function preparePictures(request: PrepareRequest): Promise<PictureCache> {
  const { dataset, inputPixels, cacheFolder } = request;
  const folder = folderOfSquare(cacheFolder, request);
  const index = createPictureIndex(dataset.examples);
  const segments: Segment[] = [];
  const closeAll = async () => {
    await Promise.all(segments.map(({ file }) => file.close()));
  };
  try {
    makeFolder(folder, privateFolderMode);
    await removeStalePartials(folder);
    await findStored(folder, inputPixels, index, segments);
    const addSegment = async (path: string) => {
      const segment = await openSegment(path, inputPixels);
      if (segment) adopt(segment, index, segments);
    };
    if (index.missing > 0) await makeReadable(dataset);
    const decoded = await decodeMissing({ ...request, folder, index, addSegment });
    const inUse = new Set(segments.map(({ path }) => path));
    await trimCache(cacheFolder, request.limits?.cacheBytes ?? mostCacheBytes, inUse);
    const skipped = skippedPictures(dataset, index);
    refuseTooLittle(dataset, skipped);
    index.forgetHashes();
    return {
      inputPixels,
      skipped,
      decoded,
      read: createPictureReader(dataset, request, index, segments),
      close: closeAll,
    };
  } catch (thrown) {
    await closeAll();
    throw explainDiskError(thrown, cacheFolder);
  }
}

/** What has to be unpacked first is so once, and not in every thread. Of a source that is gone, its pictures tell. */
async function makeReadable({ source }: Dataset): Promise<void> {
  if (source.kind !== "folder") return;
  await openContainer(source.path).catch((thrown: unknown) => {
    if (!(thrown instanceof StrataError && thrown.code.startsWith("data."))) throw thrown;
  });
}

/** Looks through the segments, the latest used first, until every picture is found. Damaged ones are removed. */
async function findStored(
  folder: string,
  inputPixels: number,
  index: PictureIndex,
  segments: Segment[],
): Promise<void> {
  for (const { path } of await listSegments(folder)) {
    if (index.missing === 0) return;
    // Null: not whole. A segment that another process removed in between needs no removing, and that does no harm.
    const segment = await openSegment(path, inputPixels).catch(() => null);
    if (segment) await keepIfUseful(segment, index, segments);
    else await rm(path, { force: true });
  }
}

async function keepIfUseful(segment: Segment, index: PictureIndex, segments: Segment[]): Promise<void> {
  if (!adopt(segment, index, segments)) return segment.file.close();
  const now = new Date();
  // Marks it as used, for the day when the cache is too large. A folder that cannot be written can still be read from.
  await utimes(segment.path, now, now).catch(() => {});
}

/** True if the segment has a picture that was missing. */
function adopt(segment: Segment, index: PictureIndex, segments: Segment[]): boolean {
  const before = index.missing;
  for (const record of segment.records) index.add(segments.length, record);
  if (index.missing === before) return false;
  segments.push(segment);
  return true;
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
