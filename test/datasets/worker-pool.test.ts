import { expect, test } from "vitest";
import { createWorkerPool } from "../../src-main/datasets/worker-pool.ts";

test("a pool has the threads that it may use, and never more than the disk can feed", async () => {
  const worker = new URL("../../src-main/datasets/pictures/examine-worker.ts", import.meta.url);
  for (const [mayUse, threads] of [
    [1, 1],
    [3, 3],
    [64, 8],
  ] as const) {
    const pool = createWorkerPool(worker, mayUse);
    expect(pool.threads).toBe(threads);
    await pool.close();
  }
});
