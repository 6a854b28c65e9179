/**
 * Watches a training process's memory from outside: the process cannot tell afterwards why the system ended it. Looks are a second apart and read a
 * few small files; where the system tells it to nobody else, the process itself does.
 */
import { isCrash, type ProcessEnd } from "../../domain/runs/process-end.ts";
import { freeMemoryBytes, memoryOfProcess, openKillCount, type ProcessMemory } from "../../platform/memory.ts";

const lookMillis = 1_000;

/** How a watched process's memory stood when it was last looked at, and what the kernel has done since. */
export interface MemoryFindings {
  readonly last: (ProcessMemory & { readonly freeBytes: number }) | null;
  /** Whether the kernel ended some process for want of memory since the last look; null where nobody counts. */
  readonly hasKernelKilled: boolean | null;
}

export interface MemoryWatch {
  readonly last: MemoryFindings["last"];
  /** What the process says of itself. */
  told(memory: ProcessMemory): void;
  /** Ends the watch; for a process that is gone. */
  finish(): MemoryFindings;
}

export function watchMemory(pid: number): MemoryWatch {
  let killCount: (() => number) | null = null;
  let killsBefore: number | null = null;
  let last: MemoryFindings["last"] = null;
  const keep = (memory: ProcessMemory) => {
    last = { ...memory, freeBytes: freeMemoryBytes(pid) };
  };
  const look = () => {
    const memory = memoryOfProcess(pid);
    if (memory === null) return;
    keep(memory);
    // Opened anew: the process may have been moved to another control group.
    killCount = openKillCount(pid);
    killsBefore = killCount?.() ?? null;
  };
  const timer = setInterval(look, lookMillis);
  timer.unref();
  look();
  return {
    get last() {
      return last;
    },
    told: keep,
    finish() {
      clearInterval(timer);
      const hasKernelKilled = killCount === null || killsBefore === null ? null : killCount() > killsBefore;
      return { last, hasKernelKilled };
    },
  };
}

/** So little was left beside what the process held that memory is the likely reason of its end. */
const littleLeftShare = 0.1;

/**
 * Whether memory ended a process: the kernel's hand (SIGKILL that the kernel counted, so that a person's is told apart), or a crash where there was
 * not the room that it was predicted to need.
 */
export function wasEndedByMemory(
  end: Pick<ProcessEnd, "code" | "signal">,
  { last, hasKernelKilled }: MemoryFindings,
  predictedBytes: number,
  platform: string = process.platform,
): boolean {
  const isKilled = end.signal === "SIGKILL";
  if (isKilled && hasKernelKilled !== null) return hasKernelKilled;
  if (last === null || !(isKilled || isCrash(end, platform))) return false;
  const isScarce = last.freeBytes < littleLeftShare * last.residentBytes;
  return isScarce || (!isKilled && predictedBytes > last.residentBytes + last.freeBytes);
}
