/** How a process ends that is killed, or kills itself: Windows has no signals, and lets its parent alone give one. */
export const endOfKilled =
  process.platform === "win32" ? { status: 1, signal: null } : ({ status: null, signal: "SIGKILL" } as const);
