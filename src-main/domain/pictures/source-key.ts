/** What says that two sources are the same. */
import type { DatasetSource } from "../../contract/dataset.ts";

/** The same for the same source, whatever the order of its keys; what lies in them is written by one schema each. */
export function sourceKey(source: DatasetSource): string {
  const entries = Object.entries(source).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(entries));
}
