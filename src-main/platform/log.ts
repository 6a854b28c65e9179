/** What the engine did, as lines of JSON in `strata.log` in the home. Addresses are logged without their query, which may carry the token. */
import { join } from "node:path";
import { type Logger, pino } from "pino";
import { diskTroubleOf, troubleInWords } from "./disk-trouble.ts";
import type { Paths } from "./paths.ts";

export type Log = Logger;

export interface OpenedLog {
  readonly log: Log;
  /** Why nothing is logged, as a line for a person; null where all is well. */
  readonly problem: string | null;
}

/** Written at once, so that the last line before a crash is there. A log that cannot be written stops nothing. */
export function openLog({ home }: Paths): OpenedLog {
  const path = join(home, "strata.log");
  try {
    const destination = pino.destination({ dest: path, mkdir: true, sync: true });
    destination.on("error", () => {});
    return { log: pino({ level: "info", redact: ["headers", "cookies", "token"] }, destination), problem: null };
  } catch (thrown) {
    const trouble = diskTroubleOf(thrown);
    if (trouble === null) throw thrown;
    return { log: silentLog, problem: `Nothing is logged (${troubleInWords[trouble]}): ${path}` };
  }
}

export const silentLog: Log = pino({ level: "silent" });
