const isWindows = process.platform === "win32";

/** How a process ends that is killed, or kills itself: Windows has no signals, and lets its parent alone give one. */
export const endOfKilled = isWindows ? { status: 1, signal: null } : ({ status: null, signal: "SIGKILL" } as const);

/** Ends this process as native code does that touches memory not its own. */
export function crash(): void {
  if (isWindows) process.exit(0xc0000005);
  process.kill(process.pid, "SIGSEGV");
}

/** Stands in the words about one that ended so. */
export const crashInWords = isWindows ? "it touched memory that is not its own" : "SIGSEGV";
