/**
 * Files and folders that are written beside their place and then given its name: whoever looks finds what was there before or what is there now, whole, also
 * after a kill or a power cut.
 */
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isMainThread, threadId } from "node:worker_threads";
import { removeSteadily, renameSteadily } from "./steadily.ts";

/**
 * @param write makes a file, or a folder, at the path that it is given
 * @returns what `write` gives
 * @throws the file system's own errors, and whatever `write` throws: nothing is left behind then
 */
export function atomically<T>(place: string, write: (beside: string) => T): T {
  const beside = clearedBeside(place);
  try {
    const result = write(beside);
    giveName(beside, place);
    return result;
  } catch (thrown) {
    removeSteadily(beside);
    throw thrown;
  }
}

/** The same for what takes a while, beside whatever else the process does. */
export async function atomicallyInTime<T>(place: string, write: (beside: string) => Promise<T>): Promise<T> {
  const beside = clearedBeside(place);
  try {
    const result = await write(beside);
    giveName(beside, place);
    return result;
  } catch (thrown) {
    removeSteadily(beside);
    throw thrown;
  }
}

/** @param mode of the file, whatever one that stood there had @throws the file system's own errors */
export function writeFileAtomically(path: string, text: string, mode?: number): void {
  atomically(path, (beside) => writeFileSync(beside, text, { mode, flag: "wx" }));
}

/**
 * Unlike the others it writes over nothing.
 * @returns whether the name was free; nothing is written where it is taken
 * @throws the file system's own errors
 */
export function writeNewFileAtomically(path: string, bytes: Uint8Array): boolean {
  if (existsSync(path)) return false;
  const beside = clearedBeside(path);
  try {
    writeFileSync(beside, bytes, { flag: "wx" });
    sync(beside);
    if (!giveFreeName(beside, path)) return false;
    syncNames(dirname(path));
    return true;
  } finally {
    removeSteadily(beside);
  }
}

/** A second name is refused where it is taken, in one step; disks that know no second names (FAT) are looked at first. */
function giveFreeName(beside: string, place: string): boolean {
  try {
    linkSync(beside, place);
    return true;
  } catch (thrown) {
    // node:fs throws nothing else
    if ((thrown as NodeJS.ErrnoException).code === "EEXIST" || existsSync(place)) return false;
    renameSteadily(beside, place);
    return true;
  }
}

/** Named after this process and thread; what one before it of the same number left there when it was killed is cleared away. */
function clearedBeside(place: string): string {
  const writer = isMainThread ? process.pid : `${process.pid}-${threadId}`;
  const beside = `${place}.${writer}.partial`;
  removeSteadily(beside);
  return beside;
}

/** Takes away what processes that were killed have left beside a place that they were writing. */
export async function clearUnfinished(place: string): Promise<void> {
  const names = await readdir(dirname(place)).catch(() => []);
  const isLeft = (name: string) =>
    name.startsWith(`${basename(place)}.`) && /^\d+(-\d+)?\.partial$/.test(name.slice(basename(place).length + 1));
  for (const name of names.filter(isLeft))
    await rm(join(dirname(place), name), { recursive: true, force: true, maxRetries: 5 });
}

/** Takes the place of a file, or of an empty folder. On disk before it has its name, and the name before anything builds on it. */
function giveName(beside: string, place: string): void {
  sync(beside);
  renameSteadily(beside, place);
  syncNames(dirname(place));
}

function sync(path: string): void {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path)) sync(join(path, name));
    syncNames(path);
  } else {
    // Windows syncs no file that is open for reading alone.
    syncOpen(path, "r+");
  }
}

/** Windows has no way to do this with folders, and needs none. */
function syncNames(folder: string): void {
  if (process.platform !== "win32") syncOpen(folder, "r");
}

function syncOpen(path: string, flags: "r" | "r+"): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
