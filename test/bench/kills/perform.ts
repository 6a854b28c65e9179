/** What is done to a record as a whole. It imports no more than it needs, since it begins in a new process for every kill. */
import { createPatience } from "../../../src-main/engine/record/patience.ts";
import { tidy } from "../../../src-main/engine/record/tidy.ts";
import { silentLog } from "../../../src-main/platform/log.ts";
import { pathsOf } from "../../../src-main/platform/paths.ts";
import { openStore, type Store } from "../../../src-main/store/open-store.ts";

export const recordWorks = ["migration", "rescue", "purge"] as const;
export type RecordWork = (typeof recordWorks)[number];

/** So that the same moments are written into a record that was killed and one that was not. */
const now = new Date("2026-06-01T00:00:00.000Z");

/** An earlier record is brought up by it, a damaged one rescued. */
export const open = (home: string): Store => openStore(pathsOf(home).database, () => null, now);

export async function perform(work: RecordWork, home: string): Promise<void> {
  const store = open(home);
  if (work === "purge") {
    const { signal } = new AbortController();
    const clock = { now: () => now, monotonicMillis: () => performance.now() };
    const tools = { clock, log: silentLog, signal };
    await tidy({ store, paths: pathsOf(home), ...tools, patience: createPatience({ ...tools, onChange: () => {} }) });
  }
  store.close();
}
