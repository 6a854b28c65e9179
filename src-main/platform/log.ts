/** What the engine did, as lines of JSON in `strata.log` in the home. Addresses are logged without their query, which may carry the token. */
import { join } from "node:path";
import { type Logger, pino } from "pino";
import type { Paths } from "./paths.ts";

export type Log = Logger;

/** Written at once, so that the last line before a crash is there. A log that cannot be written stops nothing. */
export function createLog(paths: Paths): Log {
  const destination = pino.destination({ dest: join(paths.home, "strata.log"), mkdir: true, sync: true });
  destination.on("error", () => {});
  return pino({ level: "info", redact: ["headers", "cookies", "token"] }, destination);
}

export const silentLog: Log = pino({ level: "silent" });
