/** Brings a record up to this program's version, one numbered step at a time. Each step is whole or not done. */
import { StrataError } from "../contract/errors.ts";
import type { Database } from "./database.ts";
import { sql as firstRecord } from "./migrations/0001-first-record.ts";
import { sql as device } from "./migrations/0002-device.ts";
import { sql as weights } from "./migrations/0003-weights.ts";

/** Step n (from 1) leads from version n − 1 to version n. Steps that were released are never edited. */
export const migrations: readonly string[] = [firstRecord, device, weights];

/** Throws `store.newer` for a record of a later program, and leaves it untouched. */
export function migrate(database: Database, path: string, steps: readonly string[] = migrations): void {
  // Immediate: of two engines that start at once, one migrates and the other finds it done.
  const migrateInside = database.transaction(() => {
    const version = versionOf(database);
    if (version > steps.length) throw new StrataError("store.newer", { path });
    for (const step of steps.slice(version)) database.exec(step);
    if (version < steps.length) database.pragma(`user_version = ${steps.length}`);
  });
  migrateInside.immediate();
}

export function versionOf(database: Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}
