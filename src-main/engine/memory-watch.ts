/**
 * Watches a training process's memory from outside: the process cannot tell afterwards why the system ended it. Looks are a second apart and read a
 * few small files.
 */
import { freeMemoryBytes, memoryOfProcess, openKillCount, type ProcessMemory } from "../platform/memory.ts";

const lookMillis = 1_000;

/** How a watched process's memory stood when it was last looked at, and what the kernel has done since. */
export interface MemoryFindings {
  readonly last: (ProcessMemory & { readonly freeBytes: number }) | null;
  /** Whether the kernel ended some process for want of memory since the last look; null where nobody counts. */
  readonly hasKernelKilled: boolean | null;
}

export interface MemoryWatch {
  readonly last: MemoryFindings["last"];
  /** Ends the watch; for a process that is gone. */
  finish(): MemoryFindings;
}

export function watchMemory(pid: number): MemoryWatch {
  const killCount = openKillCount(pid);
  let killsBefore = killCount?.() ?? null;
  let last: MemoryFindings["last"] = null;
  const look = () => {
    const memory = memoryOfProcess(pid);
    if (memory === null) return;
    last = { ...memory, freeBytes: freeMemoryBytes() };
    killsBefore = killCount?.() ?? null;
  };
  const timer = setInterval(look, lookMillis);
  timer.unref();
  look();
  return {
    get last() {
      return last;
    },
    finish() {
      clearInterval(timer);
      const hasKernelKilled = killCount === null || killsBefore === null ? null : killCount() > killsBefore;
      return { last, hasKernelKilled };
    },
  };
}

/** Where the kernel's count is not known: so little was left beside what the process held that memory is the likely reason. */
const littleLeftShare = 0.1;

/** Whether a process that got SIGKILL got it from the kernel for want of memory, and not from a person. */
export function wasKilledForMemory({ last, hasKernelKilled }: MemoryFindings): boolean {
  if (hasKernelKilled !== null) return hasKernelKilled;
  return last !== null && last.freeBytes < littleLeftShare * last.residentBytes;
}
