/** What every way of opening a source takes. */
export interface OpenOptions {
  /** Pictures looked at, and in all; the total is null while folders are still being listed. */
  readonly onProgress?: (done: number, total: number | null) => void;
  readonly signal?: AbortSignal;
  /** To look at files with; those of `STRATA_THREADS` unless named. */
  readonly threads?: number;
}
