import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { poolVariables, threadsChoiceFrom, threadsOf, threadVariables } from "../../src-main/platform/threads.ts";

const cores = availableParallelism();

test("every core is used unless fewer threads are asked for; what cannot be meant is not", () => {
  expect(threadsOf({})).toBe(cores);
  expect(threadsOf({ STRATA_THREADS: "1" })).toBe(1);
  expect(threadsOf({ STRATA_THREADS: "all-but-one" })).toBe(Math.max(1, cores - 1));
  expect(threadsOf({ STRATA_THREADS: String(cores + 1) })).toBe(cores);
  expect(threadsOf({ STRATA_THREADS: "all" })).toBe(cores);
  for (const nonsense of ["", "0", "-1", "1.5", "none"]) expect(threadsOf({ STRATA_THREADS: nonsense })).toBe(cores);
});

test("a choice is read as it is written, and nothing is not a choice", () => {
  for (const choice of ["all", "all-but-one", 1, 12] as const) expect(threadsChoiceFrom(String(choice))).toBe(choice);
  for (const none of [undefined, "", "0", "-1", "1.5", "none"]) expect(threadsChoiceFrom(none)).toBeNull();
});

test("the libraries are told only where there is something to tell", () => {
  expect(threadVariables({})).toEqual({});
  const capped = { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1", OMP_NUM_THREADS: "1" };
  expect(threadVariables({ STRATA_THREADS: "1" })).toEqual(cores === 1 ? {} : capped);
});

test("decoders have as many of Node's own threads as there are to decode with, and what a person set stays", () => {
  expect(poolVariables({})).toEqual({ UV_THREADPOOL_SIZE: String(Math.max(4, cores)) });
  expect(poolVariables({ STRATA_THREADS: "1" })).toEqual({ UV_THREADPOOL_SIZE: "4" });
  expect(poolVariables({ UV_THREADPOOL_SIZE: "9" })).toEqual({});
});
