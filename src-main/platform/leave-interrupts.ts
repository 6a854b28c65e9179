/**
 * In a Windows console Ctrl-C, Ctrl-Break and the closing of the window reach every process there, those that the engine has started too, and end them at once
 * before they are told how: a run that was to be kept would be lost. Elsewhere they are in a group of their own, which a terminal does not reach.
 */

/** For a program that the engine starts, and ends itself. */
export function leaveInterruptsToEngine(platform: NodeJS.Platform = process.platform): void {
  if (platform !== "win32") return;
  for (const signal of ["SIGINT", "SIGBREAK", "SIGHUP"] as const) process.on(signal, () => {});
}
