/** How a process ended, in words, by what the system says of it. Windows knows no signals: there a status tells what went wrong, and 1 is what a task manager gives. */

export interface ProcessEnd {
  readonly code: number | null;
  /** Null on Windows, but for a process that its own parent killed. */
  readonly signal: string | null;
  /** The last lines of its standard error; null where nobody read it. */
  readonly lastLines: readonly string[] | null;
}

export const killedFromOutside = "killed from outside";
const noMemory = "Windows had no memory left for it";

/** By Windows' own numbers; of others the number is said. */
const windowsStatuses: Readonly<Record<number, string>> = {
  3221225477: "it touched memory that is not its own", // 0xC0000005, access violation
  3221225495: noMemory, // 0xC0000017, no memory
  3221225501: "this processor lacks an instruction that it was built for", // 0xC000001D, illegal instruction
  3221225725: "its stack overflowed", // 0xC00000FD
  3221225773: noMemory, // 0xC000012D, commitment limit
  3221225781: "a library that it needs was not found", // 0xC0000135
  3221225786: killedFromOutside, // 0xC000013A, Ctrl-C
  3221225794: "a library that it needs did not start", // 0xC0000142
  3221226356: "its memory was damaged", // 0xC0000374, heap corruption
  3221226505: "it gave up after a fault of its own", // 0xC0000409, fail fast
};

/** Whether the system says itself that memory was what it lacked. */
export function isForWantOfMemory({ code }: Pick<ProcessEnd, "code">): boolean {
  return code !== null && windowsStatuses[code] === noMemory;
}

/** How native code ends that did not expect what happened, as that an allocation failed. */
const crashSignals: ReadonlySet<string> = new Set(["SIGSEGV", "SIGBUS", "SIGABRT", "SIGTRAP", "SIGILL"]);
/** The same on Windows: `abort` by its library's name and by Node's, and the statuses of a crash. */
const windowsCrashes: ReadonlySet<number> = new Set([3, 134, 0xc0000005, 0xc000001d, 0xc0000374, 0xc0000409]);

/** Whether native code ended the process, which says nothing of why. */
export function isCrash({ code, signal }: Pick<ProcessEnd, "code" | "signal">, platform: string): boolean {
  if (signal !== null) return crashSignals.has(signal);
  return platform === "win32" && code !== null && windowsCrashes.has(code);
}

/** In the middle of a sentence, without what it said itself. */
export function endInWords({ code, signal, lastLines }: ProcessEnd, platform: string): string {
  if (signal === "SIGKILL") return killedFromOutside;
  if (signal !== null) return `signal ${signal}`;
  // Node says what it ends over.
  if (platform === "win32" && code === 1 && lastLines?.length === 0) return killedFromOutside;
  const known = platform === "win32" && code !== null ? windowsStatuses[code] : undefined;
  return known ?? `exit code ${code ?? "unknown"}`;
}
