/**
 * The process that answers about networks: started with the first question, kept while it is asked, ended when idle. It stands back from training: it has the
 * lowest priority of the system, so that a step that is waiting goes first. Where it dies, what was asked fails with a word for the person, and the next
 * question starts another; training has processes of its own.
 */
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { StrataError } from "../../contract/errors.ts";
import type {
  InferenceAnswer,
  InferenceCommand,
  InferenceMessage,
  InferenceTaskKind,
  InferenceTaskOf,
} from "../../inference/tasks.ts";
import { atExit } from "../../platform/at-exit.ts";
import { standBack } from "../../platform/stand-back.ts";
import { rebuilt } from "../trainer/ask-trainer.ts";
import { forkProgram } from "../trainer/fork-program.ts";
import { describeExit } from "../trainer/trainer-process.ts";

export interface InferenceProcess {
  /** @throws StrataError what the task said went wrong, `inference.process-died`; the signal's reason */
  ask<K extends InferenceTaskKind>(task: InferenceTaskOf<K>, signal: AbortSignal): Promise<InferenceAnswer<K>>;
  /** Null while there is none. */
  readonly pid: number | null;
  /** Gives back its memory, if nobody waits for it. */
  rest(): void;
  close(): void;
}

const entry = fileURLToPath(new URL("../../entrypoints/inference.ts", import.meta.url));
/** A person looks at an answer before the next question. */
const usualIdleMillis = 120_000;
/** A task that was left is looked at between batches; one of a large network takes seconds. */
const leavingMillis = 15_000;

interface Waiting {
  readonly resolve: (answer: InferenceAnswer<InferenceTaskKind>) => void;
  readonly reject: (reason: unknown) => void;
}

interface Started {
  readonly child: ChildProcess;
  /** By the task's number. */
  readonly waiting: Map<number, Waiting>;
}

export function createInferenceProcess(tools: {
  readonly environment: () => NodeJS.ProcessEnv;
  readonly idleMillis?: number;
}): InferenceProcess {
  const { environment, idleMillis = usualIdleMillis } = tools;
  let started: Started | null = null;
  let idle: NodeJS.Timeout | undefined;
  let numbers = 0;
  const end = (): void => {
    started?.child.kill("SIGKILL");
    started = null;
  };
  const callOff = atExit(end);

  const relax = ({ child }: Started): void => {
    // The engine may end while it waits.
    child.unref();
    child.channel?.unref();
    clearTimeout(idle);
    idle = setTimeout(end, idleMillis).unref();
  };
  const start = (): Started => {
    const { child, lastLines } = forkProgram(entry, environment());
    if (child.pid !== undefined) standBack(child.pid);
    const mine: Started = { child, waiting: new Map() };
    // The other end is our own program of the same version, so the message's type is the one it sent.
    child.on("message", (message) => {
      settle(mine.waiting, message as InferenceMessage);
      if (mine.waiting.size === 0) relax(mine);
    });
    const died = (code: number | null, signal: NodeJS.Signals | null): void => {
      if (started === mine) started = null;
      const reason = describeExit({ code, signal, lastLines });
      for (const { reject } of mine.waiting.values()) reject(new StrataError("inference.process-died", { reason }));
      mine.waiting.clear();
    };
    child.once("close", died);
    child.once("error", (error) => {
      lastLines.push(error.message);
      if (child.pid === undefined) died(null, null);
    });
    return mine;
  };

  return {
    async ask(task, signal) {
      signal.throwIfAborted();
      clearTimeout(idle);
      started ??= start();
      const { child, waiting } = started;
      child.ref();
      child.channel?.ref();
      const number = ++numbers;
      const { promise, resolve, reject } = Promise.withResolvers<InferenceAnswer<InferenceTaskKind>>();
      waiting.set(number, { resolve, reject });
      const send = (command: InferenceCommand): void => {
        if (child.connected) child.send(command, () => {});
      };
      const leave = (): void => {
        reject(signal.reason);
        send({ kind: "leave", number });
        const stuck = setTimeout(() => child.kill("SIGKILL"), leavingMillis).unref();
        const heard = () => clearTimeout(stuck);
        waiting.set(number, { resolve: heard, reject: heard });
      };
      signal.addEventListener("abort", leave, { once: true });
      send({ kind: "ask", number, task });
      try {
        // The other end is our own program of the same version, so the answer is the one to this task.
        return (await promise) as InferenceAnswer<typeof task.kind>;
      } finally {
        signal.removeEventListener("abort", leave);
      }
    },
    get pid() {
      return started?.child.pid ?? null;
    },
    rest() {
      if (started?.waiting.size === 0) end();
    },
    close() {
      clearTimeout(idle);
      callOff();
      end();
    },
  };
}

function settle(waiting: Map<number, Waiting>, message: InferenceMessage): void {
  const one = waiting.get(message.number);
  if (one === undefined) return;
  waiting.delete(message.number);
  if (message.kind === "answer") one.resolve(message.answer);
  else if (message.kind === "failed") one.reject(rebuilt(message.error));
  else if (message.kind === "threw") one.reject(new Error(`The inference process threw: ${message.message}`));
  else one.reject(new Error("It was left."));
}
