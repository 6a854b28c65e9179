/** Where a command writes, and what it may be told while it runs. Handed in, so that a test reads what a person would. */
import { visibleLines } from "../domain/visible-text.ts";
import type { Engine } from "../engine/create-engine.ts";
import type { EngineCaller } from "../engine/router.ts";
import type { Log } from "../platform/log.ts";

export interface CliIo {
  readonly environment: NodeJS.ProcessEnv;
  /** Standard output: the answer. */
  out(text: string): void;
  /** Standard error: progress and problems. */
  err(text: string): void;
  /** Whether a person watches standard error; only then is progress shown. */
  readonly isWatched: boolean;
  /** Calls back at Ctrl-C and when the process is asked to end. */
  onInterrupt(handler: () => void): void;
  /** Puts an engine on the wire. The server is a shell of its own, as the command line is, so neither knows the other. */
  listen(options: {
    readonly engine: Engine;
    readonly host: string;
    readonly port?: number;
    readonly token: string;
    readonly log: Log;
  }): Promise<Listening>;
  /** Endpoints of an engine that is there already; one in this process, for as long as the command takes, unless they are given. */
  readonly api?: EngineCaller;
  /** File that training processes run; the real trainer unless a test brings its own. */
  readonly trainerEntry?: string;
}

/** An engine on the wire. */
export interface Listening {
  readonly address: string;
  /** The address with the token in it. */
  readonly openAddress: string;
  close(): Promise<void>;
}

/** Put before a text, clears the terminal's line for it: the one thing that a command may say to a terminal. */
export const eraseLine = "\r\u001b[K";

/** The same place to write to, where nothing that a name or a note holds steers the terminal. Every command writes through it. */
export function harmless(io: CliIo): CliIo {
  const shown = (text: string) =>
    text.startsWith(eraseLine) ? eraseLine + visibleLines(text.slice(eraseLine.length)) : visibleLines(text);
  return { ...io, out: (text) => io.out(shown(text)), err: (text) => io.err(shown(text)) };
}

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command line that cannot be meant. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
