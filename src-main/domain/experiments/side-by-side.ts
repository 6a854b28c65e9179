/** How jobs share a machine: which may begin beside others, and how many of one experiment go side by side. */
import type { RunConfiguration } from "../../contract/configuration.ts";

/** What a job takes of the machine. */
export interface JobNeeds {
  /** Null takes all that are lent. */
  readonly threads: number | null;
  /** The most that it is predicted to hold; null where nothing was predicted. */
  readonly memoryBytes: number | null;
}

export interface GoingJob extends JobNeeds {
  /** What it holds by now. */
  readonly heldBytes: number;
}

export interface Machine {
  /** Threads that it lends to training. */
  readonly threads: number;
  readonly freeBytes: number;
  /** That it trains on, a job each; 0 where it trains on the processor. */
  readonly gpus: number;
  /** At once, as a person chose; null for as many as find room. */
  readonly mostJobs: number | null;
}

/** Whether a job may begin beside these. Beside none it always may: whether it fits at all was said before it was queued. */
export function hasRoom(next: JobNeeds, going: readonly GoingJob[], machine: Machine): boolean {
  if (going.length === 0) return true;
  if (machine.mostJobs !== null && going.length >= machine.mostJobs) return false;
  if (machine.gpus > 0 ? going.length >= machine.gpus : !hasThreads(next, going, machine)) return false;
  // What nobody predicted could be anything.
  if (next.memoryBytes === null) return false;
  const toCome = going.reduce(
    (sum, { memoryBytes, heldBytes }) => sum + Math.max(0, (memoryBytes ?? 0) - heldBytes),
    0,
  );
  return next.memoryBytes + toCome <= machine.freeBytes;
}

function hasThreads(next: JobNeeds, going: readonly GoingJob[], machine: Machine): boolean {
  const taken = going.reduce((sum, { threads }) => sum + lentTo(threads, machine), 0);
  return taken + lentTo(next.threads, machine) <= machine.threads;
}

function lentTo(threads: number | null, machine: Machine): number {
  return Math.min(threads ?? machine.threads, machine.threads);
}

/** Numbers of jobs side by side that are worth a try, one first: all that could go, and one between. */
export function jobCountsToTry(most: number): readonly number[] {
  return [...new Set([1, Math.round(Math.sqrt(most)), most])];
}

/** Of the arms of a pair. Those that stop early do so together: then they have to know of each other, in one process. */
export function processesOf(arms: readonly RunConfiguration[]): number {
  return arms[0]?.training.earlyStopping === null ? arms.length : 1;
}

/** Of each of so many jobs. */
export function threadsEach(jobs: number, threads: number): number {
  return Math.max(1, Math.floor(threads / jobs));
}

/** What was measured of so many processes at once, all together. */
export interface Throughput {
  readonly jobs: number;
  readonly threads: number;
  readonly imagesPerSecond: number;
}

/** The one that gives most; of equal ones that with the fewest jobs. */
export function fastestOf(measured: readonly Throughput[]): Throughput {
  const [first, ...others] = measured;
  if (!first) throw new Error("Nothing was measured");
  return others.reduce((best, one) => (one.imagesPerSecond > best.imagesPerSecond ? one : best), first);
}
