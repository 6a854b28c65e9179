/**
 * What the engine did, as lines of JSON in `strata.log` in the home. Addresses are logged without their query, which may carry the token. Neither a long
 * life nor a flood of refused requests fills the disk: the log turns over, and of one message so many a minute are logged.
 */
import { type Logger, pino } from "pino";
import { diskTroubleOf, troubleInWords } from "./disk-trouble.ts";
import { makeFolder } from "./make-folder.ts";
import type { Paths } from "./paths.ts";
import { privateFolderMode } from "./private.ts";
import { openTurningFile } from "./turning-file.ts";

export type Log = Logger;

export interface OpenedLog {
  readonly log: Log;
  /** Why nothing is logged, as a line for a person; null where all is well. */
  readonly problem: string | null;
}

const mostBytes = 5e6;
const filesKept = 3;
const spanMillis = 60_000;
/** Of one message within a span. */
const mostLines = 100;

/** Written at once, so that the last line before a crash is there. A log that cannot be written stops nothing. */
export function openLog({ home, log: path }: Pick<Paths, "home" | "log">): OpenedLog {
  try {
    makeFolder(home, privateFolderMode);
    const destination = openTurningFile(path, mostBytes, filesKept);
    const hooks = { logMethod: limitLines() };
    return { log: pino({ level: "info", redact: ["headers", "cookies", "token"], hooks }, destination), problem: null };
  } catch (thrown) {
    const trouble = diskTroubleOf(thrown);
    if (trouble === null) throw thrown;
    return { log: silentLog, problem: `Nothing is logged (${troubleInWords[trouble]}): ${path}` };
  }
}

export const silentLog: Log = pino({ level: "silent" });

/** Lines of one message beyond the limit are counted instead; their count is logged with the first line of the next span. */
function limitLines(): NonNullable<pino.LoggerOptions["hooks"]>["logMethod"] {
  const spans = new Map<string, { begunMillis: number; lines: number }>();
  return function (values, method) {
    // Every line here has a message that is a constant of the program, so that there are a few.
    const message = String(values.find((value) => typeof value === "string"));
    const now = performance.now();
    const span = spans.get(message);
    const isOver = span === undefined || now - span.begunMillis >= spanMillis;
    const lines = isOver ? 1 : span.lines + 1;
    spans.set(message, { begunMillis: isOver ? now : span.begunMillis, lines });
    if (lines > mostLines) return;
    const leftOut = isOver && span ? span.lines - mostLines : 0;
    if (leftOut > 0) method.apply(this, [{ message, leftOut }, "lines were left out"]);
    method.apply(this, values);
    if (lines === mostLines)
      method.apply(this, [{ message, spanMillis }, "more of these lines are left out for a while"]);
  };
}
