import type { DatasetSource } from "../../../src-main/contract/dataset.ts";

/** Both are plain data written by the same schema, so their fields stand in the same order. */
export function isSameSource(a: DatasetSource, b: DatasetSource): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
