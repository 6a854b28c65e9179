/**
 * Whether the record's file is whole. Looking at every page of it takes a second a million points, so that it is done only when the file is not as the
 * last engine left it: after a kill, a power cut, or a hand or a disk that changed it meanwhile.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { openReadOnly } from "./database.ts";

const seal = z.object({ bytes: z.number(), modifiedMillis: z.number() });
const sealPath = (path: string): string => `${path}-seal`;

/** Says beside a closed record how it was left. Without it the next start looks at every page, which is no harm. */
export function sealRecord(path: string): void {
  try {
    const { size, mtimeMs } = statSync(path);
    const beside = `${sealPath(path)}.${process.pid}`;
    writeFileSync(beside, JSON.stringify({ bytes: size, modifiedMillis: mtimeMs }));
    renameSync(beside, sealPath(path));
  } catch {
    // A disk that is full, or a folder that is gone.
  }
}

/** The next start looks at every page. */
export function unsealRecord(path: string): void {
  rmSync(sealPath(path), { force: true });
}

/** Throws what the disk does. A file that is not there, or has never held anything, is not damaged. */
export function isDamaged(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file) return false;
  const left = readSeal(path);
  if (file.size === 0) return left !== null;
  if (left?.bytes === file.size && left.modifiedMillis === file.mtimeMs) return false;
  return !isWhole(path);
}

/** Looks at every page. */
export function isWhole(path: string): boolean {
  try {
    const database = openReadOnly(path);
    try {
      return database.pragma("quick_check(1)", { simple: true }) === "ok";
    } finally {
      database.close();
    }
  } catch (thrown) {
    if (isDamageError(thrown)) return false;
    throw thrown;
  }
}

export function isDamageError(thrown: unknown): boolean {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  return code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT");
}

function readSeal(path: string): z.infer<typeof seal> | null {
  try {
    return seal.parse(JSON.parse(readFileSync(sealPath(path), "utf8")));
  } catch {
    return null;
  }
}
