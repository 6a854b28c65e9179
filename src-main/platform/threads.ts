/**
 * How many threads training may use: a setting of the machine, not of a run, told to every training process by `STRATA_THREADS`. TensorFlow reads its
 * own variables when it is loaded, so they have to stand in the process's environment before.
 */
import { availableParallelism } from "node:os";
import { type RunsAtOnce, runsAtOnce, type ThreadsChoice, threadsChoice } from "../contract/machine.ts";

/** As it is written in a flag, a variable and the record; null for nothing, and for what cannot be meant. */
export function threadsChoiceFrom(text: string | undefined): ThreadsChoice | null {
  const read = threadsChoice.safeParse(numberOrWord(text));
  return read.success ? read.data : null;
}

/** As `threadsChoiceFrom`. */
export function runsAtOnceFrom(text: string | undefined): RunsAtOnce | null {
  const read = runsAtOnce.safeParse(numberOrWord(text));
  return read.success ? read.data : null;
}

function numberOrWord(text: string | undefined): unknown {
  return /^\d+$/.test(text ?? "") ? Number(text) : text;
}

/** Never more than there are cores. A machine of one core has none to leave free. */
export function threadsOfChoice(choice: ThreadsChoice): number {
  const cores = availableParallelism();
  if (choice === "all") return cores;
  return choice === "all-but-one" ? Math.max(1, cores - 1) : Math.min(choice, cores);
}

/** All cores where `STRATA_THREADS` says nothing, or nothing sensible. */
export function threadsOf(environment: NodeJS.ProcessEnv = process.env): number {
  return threadsOfChoice(threadsChoiceFrom(environment.STRATA_THREADS) ?? "all");
}

/** Variables that hold a process to so many threads. None where it may use every core: the libraries then choose as they would. */
export function threadVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const threads = threadsOf(environment);
  if (threads === availableParallelism()) return {};
  const count = String(threads);
  return { TF_NUM_INTRAOP_THREADS: count, TF_NUM_INTEROP_THREADS: count, OMP_NUM_THREADS: count };
}

/** What Node's own threads are by themselves. */
const usualPoolThreads = 4;

/** A decoder works in Node's own threads, which all threads of a process share: with fewer of them than cores the rest of the cores stand still. */
export function poolVariables(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (environment.UV_THREADPOOL_SIZE !== undefined) return {};
  return { UV_THREADPOOL_SIZE: String(Math.max(usualPoolThreads, threadsOf(environment))) };
}
