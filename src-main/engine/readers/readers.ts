/**
 * Processes that read what people name: folders, pictures, files of weights. A read may never return, and a picture may take gigabytes. So nothing of that is
 * done in the engine: one task at a time has a process, which is killed when nobody waits for the answer any more or the disk says nothing, and is kept for
 * the next task when it answered.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { StrataError } from "../../contract/errors.ts";
import { atExit } from "../../platform/at-exit.ts";
import { mostSilentMillis, noAnswer } from "../../platform/in-time.ts";
import { makePreferredVictim } from "../../platform/memory.ts";
import { poolVariables } from "../../platform/threads.ts";
import { rebuilt } from "../trainer/ask-trainer.ts";
import { describeExit } from "../trainer/trainer-process.ts";
import type { ReaderAnswer, ReaderMessage, ReaderTaskKind, ReaderTaskOf } from "./reader-tasks.ts";

export interface Asking {
  /** Aborts when nobody waits any more. */
  readonly signal: AbortSignal;
  /** For messages. */
  readonly path: string;
  readonly onProgress?: (done: number, total: number | null) => void;
}

export interface Readers {
  /** @throws StrataError what the task said went wrong, `file.no-answer`, `file.reader-died`; the signal's reason */
  ask<K extends ReaderTaskKind>(task: ReaderTaskOf<K>, asking: Asking): Promise<ReaderAnswer<K>>;
  close(): void;
}

const entry = fileURLToPath(new URL("../../entrypoints/reader.ts", import.meta.url));
/** A page's pictures come in a stream, and a form asks at each change. */
const idleMillis = 20_000;
const mostIdle = 2;
/** The process times its own reads, and names the very file. What stands still altogether is found this much later. */
const latenessMillis = 5_000;

export function createReaders(): Readers {
  const all = new Set<ChildProcess>();
  const idle: { readonly child: ChildProcess; readonly timer: NodeJS.Timeout }[] = [];
  const end = (child: ChildProcess): void => {
    all.delete(child);
    const place = idle.findIndex((one) => one.child === child);
    if (place >= 0) clearTimeout(idle.splice(place, 1)[0]?.timer);
    child.kill("SIGKILL");
  };
  // However this process ends, none of them stays behind: one that a read holds does not see that it is alone.
  const endAll = (): void => {
    for (const child of all) end(child);
  };
  const callOff = atExit(endAll);
  const take = (): ChildProcess => {
    const kept = idle.at(-1);
    if (kept) {
      clearTimeout(kept.timer);
      idle.pop();
      kept.child.ref();
      kept.child.channel?.ref();
      return kept.child;
    }
    const child = startReader();
    all.add(child);
    child.once("exit", () => end(child));
    return child;
  };
  const keep = (child: ChildProcess): void => {
    if (!all.has(child)) return;
    // The engine may end while they wait.
    child.unref();
    child.channel?.unref();
    idle.push({ child, timer: setTimeout(() => end(child), idleMillis).unref() });
    if (idle.length > mostIdle) end(idle[0]!.child);
  };

  return {
    async ask(task, asking) {
      asking.signal.throwIfAborted();
      const child = take();
      try {
        const answer = await answerOf(child, task, asking);
        keep(child);
        // The other end is our own program of the same version, so the answer is the one to this task.
        return answer as ReaderAnswer<typeof task.kind>;
      } catch (thrown) {
        end(child);
        throw thrown;
      }
    },
    close() {
      callOff();
      endAll();
    },
  };
}

function startReader(): ChildProcess {
  const child = fork(entry, [], {
    serialization: "advanced",
    execArgv: [],
    env: { ...process.env, ...poolVariables({ ...process.env, STRATA_THREADS: "all" }) },
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    // Ctrl-C in a terminal goes to the whole process group; this one ends with the engine.
    detached: process.platform !== "win32",
  });
  // Whoever waits listens too; one that was killed has no more to say.
  child.on("error", () => {});
  if (child.pid !== undefined) makePreferredVictim(child.pid);
  return child;
}

/** Settles at the task's end, when the process is gone, when nothing came from it for long, or when nobody waits. */
function answerOf(
  child: ChildProcess,
  task: ReaderTaskOf<ReaderTaskKind>,
  { signal, path, onProgress }: Asking,
): Promise<ReaderAnswer<ReaderTaskKind>> {
  return new Promise<ReaderAnswer<ReaderTaskKind>>((resolve, reject) => {
    const silence = setTimeout(() => settle(() => reject(noAnswer(path))), mostSilentMillis() + latenessMillis);
    const died = (code: number | null, by: NodeJS.Signals | null): void => {
      const reason = describeExit({ code, signal: by, lastLines: null });
      settle(() => reject(new StrataError("file.reader-died", { reason, path })));
    };
    const failed = (error: Error): void => settle(() => reject(error));
    const abort = (): void => settle(() => reject(signal.reason));
    const settle = (end: () => void): void => {
      clearTimeout(silence);
      child.off("message", take).off("exit", died).off("error", failed);
      signal.removeEventListener("abort", abort);
      end();
    };
    const take = (received: unknown): void => {
      // The other end is our own program of the same version, so the message's type is the one it sent.
      const message = received as ReaderMessage;
      silence.refresh();
      if (message.kind === "progress") onProgress?.(message.done, message.total);
      else if (message.kind === "answer") settle(() => resolve(message.answer));
      else if (message.kind === "failed") settle(() => reject(rebuilt(message.error)));
      else if (message.kind === "threw")
        settle(() => reject(Object.assign(new Error(message.message), { code: message.code })));
    };
    child.on("message", take).once("exit", died).once("error", failed);
    signal.addEventListener("abort", abort, { once: true });
    child.send(task, (error) => error && failed(error));
  });
}
