/** How long decoding would take before a first step: for pictures that are not in the cache, by the time that a few of them take now. */
import type { DatasetSource } from "../contract/dataset.ts";
import type { Dataset } from "../datasets/example.ts";
import { folderOfSize, listSegments } from "./cache-folder.ts";
import type { PictureSource } from "./make-picture.ts";
import { createPictureIndex } from "./picture-index.ts";
import { openSegment } from "./segment.ts";

/** Enough to tell a phone's photographs from thumbnails. */
const triedPictures = 12;

/** `secondsPerPicture`, wherever that runs. */
export type TimeDecoding = (
  source: DatasetSource,
  pictures: readonly PictureSource[],
  inputPixels: number,
) => Promise<number>;

/**
 * Writes nothing. Pictures that cannot be decoded count as any other.
 * @param threads that decode side by side
 */
export async function decodeSeconds(
  dataset: Dataset,
  inputPixels: number,
  cacheFolder: string,
  { threads, time }: { readonly threads: number; readonly time: TimeDecoding },
): Promise<number> {
  const missing = await missingExamples(dataset, inputPixels, cacheFolder);
  if (missing.length === 0) return 0;
  const stride = Math.max(1, Math.floor(missing.length / triedPictures));
  const tried = missing.filter((_, index) => index % stride === 0).slice(0, triedPictures);
  return ((await time(dataset.source, tried, inputPixels)) * missing.length) / threads;
}

async function missingExamples(dataset: Dataset, inputPixels: number, cacheFolder: string) {
  const index = createPictureIndex(dataset.examples);
  for (const { path } of await listSegments(folderOfSize(cacheFolder, inputPixels))) {
    if (index.missing === 0) break;
    // Null: not whole, or removed meanwhile.
    const segment = await openSegment(path, inputPixels).catch(() => null);
    if (segment === null) continue;
    for (const record of segment.records) index.add(0, record);
    await segment.file.close();
  }
  return index.missingExamples();
}
