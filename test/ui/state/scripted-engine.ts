/** An engine for one state: its answers are scripted by the name of the call, its events are emitted by the test. */
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { CodedError } from "../../../src-main/contract/errors.ts";
import type { EngineEvent, JobProgress } from "../../../src-main/contract/events.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import type { Router } from "../../../src-main/engine/router.ts";

/** By the path of the call; what it returns is answered, what it throws is the error. */
export type Answers = Record<string, (input: never) => unknown>;

/** @param answers may be changed later; a call without an answer fails */
export function scriptedEngine(answers: Answers = {}) {
  const calls: [path: string, input: unknown][] = [];
  const listeners = new Set<(event: EngineEvent) => void>();
  const onEvent = (listener: (event: EngineEvent) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const answerTo = async (path: string, input: unknown): Promise<unknown> => {
    const answer = answers[path];
    if (!answer) throw new Error(`No answer is scripted for ${path}`);
    // A test knows what its own call is given.
    return answer(input as never);
  };
  const link: TRPCLink<Router> =
    () =>
    ({ op }) =>
      observable((observer) => {
        if (op.type === "subscription") {
          return onEvent((event) => observer.next({ result: { type: "data", data: event } }));
        }
        calls.push([op.path, op.input]);
        answerTo(op.path, op.input).then(
          (data) => {
            observer.next({ result: { type: "data", data } });
            observer.complete();
          },
          (thrown: Error) => observer.error(TRPCClientError.from(thrown)),
        );
        return () => {};
      });
  /** What the connection is to a state. */
  const connection = { onEvent, active: [] as readonly JobProgress[] };
  return {
    api: createTRPCClient<Router>({ links: [link] }),
    answers,
    calls,
    connection,
    listeners,
    emit: (event: EngineEvent) => {
      for (const listener of [...listeners]) listener(event);
    },
  };
}

/** What the first event after each (re)connection is. */
export function snapshot(changes: Partial<Extract<EngineEvent, { kind: "snapshot" }>> = {}): EngineEvent {
  return {
    kind: "snapshot",
    active: [],
    queue: { held: null, jobs: [], waiting: 0, experimentIds: [] },
    threads: { choice: "all", fixed: null, threads: 2, cores: 2, runsAtOnce: { choice: "fastest", fixed: null } },
    runs: [] as readonly RunView[],
    ...changes,
  };
}

/** As the engine sends an error that it has words for. */
export function refusal(problem: string, remedy = "Try again."): Error {
  const strata: CodedError = { code: "disk.full", problem, remedy };
  return TRPCClientError.from({ error: { code: -32_603, message: problem, data: { strata } } });
}

/** An answer that comes when the test says so. */
export function later<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
} {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve, reject };
}

/** Everything that is only waiting for its turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
