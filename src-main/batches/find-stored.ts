/** What earlier runs have decoded. */
import { rm, utimes } from "node:fs/promises";
import { listSegments } from "./cache-folder.ts";
import type { PictureIndex } from "./picture-index.ts";
import { type OpenSegment, openSegment, type Segment } from "./segment.ts";

/** Looks through the segments, the latest used first, until every picture is found. Damaged ones are removed. */
export async function findStored(
  folder: string,
  inputPixels: number,
  index: PictureIndex,
  segments: OpenSegment[],
): Promise<void> {
  for (const { path } of await listSegments(folder)) {
    if (index.missing === 0) return;
    // Null: not whole. A segment that another process removed in between needs no removing, and that does no harm.
    const segment = await openSegment(path, inputPixels).catch(() => null);
    if (segment) await keepIfUseful(segment, index, segments);
    else await rm(path, { force: true });
  }
}

async function keepIfUseful(segment: Segment, index: PictureIndex, segments: OpenSegment[]): Promise<void> {
  if (!adopt(segment, index, segments)) return segment.file.close();
  const now = new Date();
  // Marks it as used, for the day when the cache is too large. A folder that cannot be written can still be read from.
  await utimes(segment.path, now, now).catch(() => {});
}

/** True if the segment has a picture that was missing. */
function adopt(segment: Segment, index: PictureIndex, segments: OpenSegment[]): boolean {
  const before = index.missing;
  for (const record of segment.records) index.add(segments.length, record);
  if (index.missing === before) return false;
  segments.push(segment);
  return true;
}
