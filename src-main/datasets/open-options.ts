import type { DatasetEdit } from "../contract/dataset-version.ts";

/** The version that a source names: what it is called, and all that it changes of what stands on disk. */
export interface VersionToOpen {
  readonly number: number;
  readonly note: string;
  readonly edits: readonly DatasetEdit[];
}

/** What every way of opening a source takes. */
export interface OpenOptions {
  /** Pictures looked at, and in all; the total is null while folders are still being listed. */
  readonly onProgress?: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal;
  /** To look at files with; those of `STRATA_THREADS` unless named. */
  readonly threads?: number;
  readonly version?: VersionToOpen | undefined;
}
