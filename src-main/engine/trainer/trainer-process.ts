/** A process of its own for TensorFlow: a crash in native code ends it, and not the engine. */
import { endInWords, killedFromOutside, type ProcessEnd } from "../../domain/runs/process-end.ts";
import type { TrainerCommand, TrainerMessage } from "../../training/job.ts";
import { usualWaits } from "../waits.ts";
import { forkProgram } from "./fork-program.ts";

export interface TrainerExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last lines of its standard error. */
  readonly lastLines: readonly string[];
}

export interface TrainerProcess {
  /** Null where it could not be started. */
  readonly pid: number | null;
  /** Does nothing once the process is gone. */
  send(command: TrainerCommand): void;
  kill(): void;
  /** Resolves after the last message was handled, and within some seconds of a kill, whatever became of it. */
  readonly exited: Promise<TrainerExit>;
}

/**
 * @param entry file that the process runs; it speaks the messages of `training/job.ts`.
 * @param environment variables that it has otherwise than this process; undefined takes one away
 * @param leavingMillis the kernel may let nobody end a process that it holds in a read, and what such a process started may keep its pipes: after so long it
 * is left behind
 */
export function startTrainer(
  entry: string,
  onMessage: (message: TrainerMessage) => void,
  environment: NodeJS.ProcessEnv = {},
  leavingMillis = usualWaits.leavingMillis,
): TrainerProcess {
  const { child, lastLines } = forkProgram(entry, environment);
  // The other end is our own program of the same version, so the message's type is the one it sent.
  child.on("message", (message) => onMessage(message as TrainerMessage));

  const { promise: exited, resolve } = Promise.withResolvers<TrainerExit>();
  let leaving: NodeJS.Timeout | undefined;
  let ending: NodeJS.Timeout | undefined;
  /** It closed its channel, which it does as its last act, and stayed. */
  let isStuckInExit = false;
  const settle = (code: number | null, signal: NodeJS.Signals | null): void => {
    clearTimeout(leaving);
    clearTimeout(ending);
    resolve(isStuckInExit ? { code: 0, signal: null, lastLines } : { code, signal, lastLines });
  };
  const leave = (): void => {
    // Whatever it still says is of a job that is over, and this process can end without it.
    child.removeAllListeners("message");
    if (child.connected) child.disconnect();
    child.stderr?.destroy();
    child.unref();
    settle(null, "SIGKILL");
  };
  // Node can stand still in its own exit, where a thread that compiles waits for the main one (nodejs/node#54918). All was said by then.
  child.once("disconnect", () => {
    if (leaving !== undefined) return;
    ending = setTimeout(() => {
      isStuckInExit = child.exitCode === null && child.signalCode === null && child.kill("SIGKILL");
    }, leavingMillis);
  });
  // `close` comes after the process ended and its pipes, the messages' one included, were read to their end.
  child.once("close", settle);
  child.once("error", (error) => {
    lastLines.push(error.message);
    if (child.pid === undefined) settle(null, null);
  });
  return {
    pid: child.pid ?? null,
    send(command) {
      if (child.connected) child.send(command, () => {});
    },
    kill() {
      child.kill("SIGKILL");
      // What it had said before is taken first, also where this process was busy meanwhile.
      leaving ??= setTimeout(() => setImmediate(leave), leavingMillis);
    },
    exited,
  };
}

/** Why a trainer ended on its own, in words. */
export function describeExit(exit: ProcessEnd): string {
  const how = endInWords(exit, process.platform);
  if (how === killedFromOutside) return how;
  const lastLines = exit.lastLines ?? [];
  // The line that names the error stands above the stack that follows it.
  const told = lastLines.findLast((line) => /error|failed|terminate|abort/i.test(line)) ?? lastLines.at(-1);
  return told === undefined ? how : `${how}: ${told.trim().slice(0, 300)}`;
}
