/** The folder of decoded pictures on disk: one folder a size and way of resizing, segments in it. Everything here can be deleted at any time and is made again. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { usualResize } from "../contract/resize.ts";
import { codedHomeError } from "../platform/disk-trouble.ts";
import type { Square } from "./make-picture.ts";
import { recipeVersion } from "./recipe-version.ts";
import { partialEnding, segmentEnding } from "./segment.ts";

/** Segments that no run has used for longest are removed when all folders together take more than this (20 GB). */
export const mostCacheBytes = 20e9;
/** A partial file that has not grown for an hour belongs to no living process. */
const stalePartialMillis = 3_600_000;

/** Pictures in the usual way have no more in their folder's name than they had before there were others. */
export function folderOfSquare(cacheFolder: string, { inputPixels, resize }: Square): string {
  const { fit, filter } = resize;
  const isUsual = fit === usualResize.fit && filter === usualResize.filter;
  return join(cacheFolder, `rgb${inputPixels}-${recipeVersion}${isUsual ? "" : `-${fit}-${filter}`}`);
}

export interface SegmentFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedAtMillis: number;
}

/** Whole segments of one size, the latest used first. */
export async function listSegments(folder: string): Promise<readonly SegmentFile[]> {
  return (await filesIn(folder, segmentEnding)).sort((a, b) => b.usedAtMillis - a.usedAtMillis);
}

export async function removeStalePartials(folder: string): Promise<void> {
  for (const { path, usedAtMillis } of await filesIn(folder, partialEnding))
    if (Date.now() - usedAtMillis > stalePartialMillis) await rm(path, { force: true });
}

/** Removes segments of any size, those unused for longest first, until at most `mostBytes` are left. What this run uses stays. */
export async function trimCache(cacheFolder: string, mostBytes: number, inUse: ReadonlySet<string>): Promise<void> {
  const sizes = await readdir(cacheFolder);
  const segments = (await Promise.all(sizes.map((size) => listSegments(join(cacheFolder, size))))).flat();
  let bytes = segments.reduce((sum, segment) => sum + segment.bytes, 0);
  for (const segment of segments.toSorted((a, b) => a.usedAtMillis - b.usedAtMillis)) {
    if (bytes <= mostBytes) return;
    if (inUse.has(segment.path)) continue;
    // Another process may have removed it, or (on Windows) still hold it.
    await rm(segment.path, { force: true }).catch(() => {});
    bytes -= segment.bytes;
  }
}

async function filesIn(folder: string, ending: string): Promise<SegmentFile[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const files = await Promise.all(
    names
      .filter((name) => name.endsWith(ending))
      .map(async (name) => {
        const path = join(folder, name);
        // Null: removed by another process in between.
        const found = await stat(path).catch(() => null);
        return found && { path, bytes: found.size, usedAtMillis: found.mtimeMs };
      }),
  );
  return files.filter((file) => file !== null);
}

/** What a failed write to the folder means to a person; anything else stays as it is, as what befell the pictures' own files does. */
export function explainDiskError(thrown: unknown, path: string): unknown {
  const about = thrown instanceof Error && "path" in thrown && typeof thrown.path === "string" ? thrown.path : path;
  return about.startsWith(path) || path.startsWith(about) ? codedHomeError(thrown, path) : thrown;
}
