/** Where the window was when it was closed, kept in the home; on a display that is gone it comes back to one that is there. */
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { writeFileAtomically } from "../platform/atomically.ts";
import { makeFolder } from "../platform/make-folder.ts";
import { privateFileMode, privateFolderMode } from "../platform/private.ts";

const bounds = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });
/** In device-independent pixels. */
export type Bounds = z.infer<typeof bounds>;

export const windowState = z.object({
  bounds,
  isMaximized: z.boolean(),
  theme: z.enum(["system", "light", "dark"]),
});
export type WindowState = z.infer<typeof windowState>;

export const smallestWindow = { width: 390, height: 480 };
const usualSize = { width: 1280, height: 800 };
/** Of the title bar this much must be on some display, else it cannot be taken hold of. */
const leastVisible = { width: 120, height: 32 };

/** The state in the file; null where there is none, or it makes no sense. */
export function readWindowState(path: string): WindowState | null {
  try {
    return windowState.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return null;
  }
}

/** A place that cannot be kept is no reason to say anything: the window opens in the middle the next time. */
export function writeWindowState(path: string, state: WindowState): void {
  try {
    makeFolder(dirname(path), privateFolderMode);
    writeFileAtomically(path, JSON.stringify(state), privateFileMode);
  } catch {
    // A full disk, say.
  }
}

/**
 * Where to open the window: as it was where that can still be seen, else in the middle of the first display, no larger than that.
 * @param workAreas of the displays that are there, the first being the main one
 */
export function placeOnDisplays(wanted: Bounds | null, workAreas: readonly Bounds[]): Bounds {
  const [main] = workAreas;
  const isVisible = (area: Bounds) => wanted !== null && visibleTitleBar(wanted, area);
  if (wanted !== null && workAreas.some(isVisible)) return wanted;
  const size = wanted ?? usualSize;
  if (main === undefined) return { x: 0, y: 0, width: size.width, height: size.height };
  const width = Math.min(size.width, main.width);
  const height = Math.min(size.height, main.height);
  return {
    x: main.x + Math.floor((main.width - width) / 2),
    y: main.y + Math.floor((main.height - height) / 2),
    width,
    height,
  };
}

function visibleTitleBar(window: Bounds, area: Bounds): boolean {
  const across = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const isTopOn = window.y >= area.y && window.y + leastVisible.height <= area.y + area.height;
  return across >= leastVisible.width && isTopOn;
}
