/** How long decoding would take in a first epoch: for pictures that are not in the cache, by the time that a few of them take now. */
import type { DatasetSource } from "../contract/dataset.ts";
import type { Dataset } from "../datasets/example.ts";
import { folderOfSquare, listSegments } from "./cache-folder.ts";
import type { PictureSource, Square } from "./make-picture.ts";
import { createPictureIndex } from "./picture-index.ts";
import { openSegment } from "./segment.ts";

/** Enough to tell a phone's photographs from thumbnails. */
const triedPictures = 12;

/** `secondsPerPicture`, wherever that runs. */
export type TimeDecoding = (
  source: DatasetSource,
  pictures: readonly PictureSource[],
  square: Square,
) => Promise<number>;

/**
 * Writes nothing. Pictures that cannot be decoded count as any other.
 * @param threads that decode side by side
 */
export async function decodeSeconds(
  dataset: Dataset,
  square: Square,
  cacheFolder: string,
  { threads, time }: { readonly threads: number; readonly time: TimeDecoding },
): Promise<number> {
  const missing = await missingExamples(dataset, square, cacheFolder);
  if (missing.length === 0) return 0;
  const stride = Math.max(1, Math.floor(missing.length / triedPictures));
  const tried = missing.filter((_, index) => index % stride === 0).slice(0, triedPictures);
  return ((await time(dataset.source, tried, square)) * missing.length) / threads;
}

async function missingExamples(dataset: Dataset, square: Square, cacheFolder: string) {
  const index = createPictureIndex(dataset.examples);
  for (const { path } of await listSegments(folderOfSquare(cacheFolder, square))) {
    if (index.missing === 0) break;
    // Null: not whole, or removed meanwhile.
    const segment = await openSegment(path, square.inputPixels).catch(() => null);
    if (segment === null) continue;
    for (const record of segment.records) index.add(0, record);
    await segment.file.close();
  }
  return index.missingExamples();
}
