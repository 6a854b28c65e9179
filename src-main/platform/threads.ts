/**
 * How many threads training may use: a setting of the machine, not of a run, told to every training process by `STRATA_THREADS`. TensorFlow reads its
 * own variables when it is loaded, so they have to stand in the process's environment before.
 */
import { availableParallelism } from "node:os";

/** Leaves one core free for whoever works at the machine; a machine of one core has none to spare. */
export const allButOne = "all-but-one";

/** All cores where `STRATA_THREADS` says nothing, or nothing sensible. */
export function threadsOf(environment: NodeJS.ProcessEnv = process.env): number {
  const cores = availableParallelism();
  if (environment.STRATA_THREADS === allButOne) return Math.max(1, cores - 1);
  const asked = Number(environment.STRATA_THREADS);
  return Number.isInteger(asked) && asked >= 1 ? Math.min(asked, cores) : cores;
}

/** Variables that hold a process to so many threads. None where it may use every core: the libraries then choose as they would. */
export function threadVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const threads = threadsOf(environment);
  if (threads === availableParallelism()) return {};
  const count = String(threads);
  return { TF_NUM_INTRAOP_THREADS: count, TF_NUM_INTEROP_THREADS: count, OMP_NUM_THREADS: count };
}
