/** The command line's wiring to this process. */
import { runCli } from "../cli/run-cli.ts";
import { createServer } from "../server/create-server.ts";

const handlers: (() => void)[] = [];
let interrupts = 0;
const interrupt = (): void => {
  interrupts++;
  // The second one ends at once; the record says afterwards that the run was interrupted.
  if (interrupts > 1 || handlers.length === 0) process.exit(130);
  for (const handler of handlers) handler();
};
// The last is Windows' Ctrl-Break, and nothing elsewhere.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"] as const) process.on(signal, interrupt);
// The launcher is gone, be it killed: nobody waits for this any more.
process.on("disconnect", interrupt);
process.channel?.unref();
// A reader that has seen enough (`strata runs | head`) is no failure.
process.stdout.on("error", () => process.exit(0));

process.exitCode = await runCli(process.argv.slice(2), {
  environment: process.env,
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  isWatched: process.stderr.isTTY === true,
  onInterrupt: (handler) => handlers.push(handler),
  listen: createServer,
});
