// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { EngineStatus } from "../../../src-main/contract/machine.ts";
import { ConnectionState } from "../../../src-renderer/lib/engine/connection.svelte.ts";
import { type Answers, refusal, scriptedEngine, snapshot } from "./scripted-engine.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ready: EngineStatus = {
  version: "0.1.0",
  state: "ready",
  tensorflow: "TensorFlow 2.21.0",
  device: "CPU",
  cores: 2,
  memoryBytes: 8e9,
  problem: null,
  notices: [{ id: 1, at: "2026-01-14T09:15:00.000Z", problem: "The record was damaged.", remedy: "It was set aside." }],
};

type SocketState = Parameters<
  NonNullable<
    Parameters<ConstructorParameters<typeof ConnectionState>[0]["socket"]["connectionState"]["subscribe"]>[0]["next"]
  >
>[0];

function started(answers: Answers = { status: () => ready }) {
  const engine = scriptedEngine(answers);
  let tellSocket: (state: SocketState) => void = () => {};
  let tellAdmission: (isRefused: boolean) => void = () => {};
  const connectionState = {
    subscribe: (observer: { next?: (state: SocketState) => void }) => {
      tellSocket = (state) => observer.next?.(state);
      return { unsubscribe: () => (tellSocket = () => {}) };
    },
  };
  const connection = new ConnectionState({
    api: engine.api,
    // Of the socket's state only the subscription is used.
    socket: { connectionState: connectionState as never },
    admission: {
      onChange: (listener) => {
        tellAdmission = listener;
        return () => (tellAdmission = () => {});
      },
    },
  });
  const end = connection.start();
  return {
    ...engine,
    connection,
    end,
    open: () => tellSocket({ type: "state", state: "pending", error: null }),
    // A socket tells with its error that it tries again.
    lose: () => tellSocket({ type: "state", state: "connecting", error: new Error("closed") as never }),
    beforeFirstTry: () => tellSocket({ type: "state", state: "connecting", error: null }),
    refuse: (isRefused: boolean) => tellAdmission(isRefused),
  };
}
const statusCalls = (calls: readonly [string, unknown][]) => calls.filter(([path]) => path === "status").length;

describe("the link to the engine", () => {
  test("is connecting at first, and open with what the engine says of itself", async () => {
    const { connection, beforeFirstTry, open } = started();
    beforeFirstTry();
    expect([connection.link, connection.isOpen]).toEqual(["connecting", false]);
    open();
    await vi.advanceTimersByTimeAsync(0);
    expect([connection.link, connection.isOpen, connection.status]).toEqual(["open", true, ready]);
  });

  test("is lost at once, and long lost only where the next try does not mend it", async () => {
    const { connection, open, lose, calls } = started();
    open();
    lose();
    await vi.advanceTimersByTimeAsync(1_900);
    expect([connection.link, connection.isLongLost]).toEqual(["lost", false]);
    open();
    await vi.advanceTimersByTimeAsync(5_000);
    expect([connection.link, connection.isLongLost, statusCalls(calls)]).toEqual(["open", false, 2]);
    lose();
    await vi.advanceTimersByTimeAsync(2_100);
    expect([connection.link, connection.isLongLost]).toEqual(["lost", true]);
    open();
    expect(connection.isLongLost).toBe(false);
  });

  test("is refused where the engine does not let the page in, and lost until it has connected again", () => {
    const { connection, refuse } = started();
    refuse(true);
    expect(connection.link).toBe("refused");
    refuse(false);
    expect(connection.link).toBe("lost");
  });

  test("asks on while the engine starts, and no more once it is ready", async () => {
    let state: EngineStatus["state"] = "starting";
    const { connection, open, calls } = started({ status: () => ({ ...ready, state }) });
    open();
    await vi.advanceTimersByTimeAsync(2_500);
    expect([connection.status?.state, statusCalls(calls)]).toEqual(["starting", 3]);
    state = "ready";
    await vi.advanceTimersByTimeAsync(10_000);
    expect([connection.status?.state, statusCalls(calls)]).toEqual(["ready", 4]);
  });

  test("hears nothing more when it is ended", async () => {
    const { connection, end, emit, open } = started();
    end();
    open();
    emit(snapshot());
    await vi.advanceTimersByTimeAsync(5_000);
    expect([connection.link, connection.active, connection.status]).toEqual(["connecting", undefined, null]);
  });
});

describe("what the engine tells", () => {
  test("of the job that is going is kept, and every event is passed on until its listener leaves", () => {
    const { connection, emit } = started();
    const heard: string[] = [];
    const leave = connection.onEvent(({ kind }) => heard.push(kind));
    expect(connection.active).toBeUndefined();
    emit(snapshot());
    expect(connection.active).toEqual([]);
    const progress = { runIds: [1], phase: "training", prepared: null, epoch: 1, epochs: 8 } as const;
    emit({ kind: "progress", active: [{ ...progress, step: 1, steps: 9, imagesPerSecond: null, secondsLeft: null }] });
    expect(connection.active?.[0]?.runIds).toEqual([1]);
    leave();
    emit({ kind: "progress", active: [] });
    expect([connection.active, heard]).toEqual([[], ["snapshot", "progress"]]);
  });

  test("of notices is dismissed at once, and back where the engine could not be told", async () => {
    const { connection, open, answers } = started();
    open();
    await vi.advanceTimersByTimeAsync(0);
    answers.dismissNotice = () => null;
    await connection.dismiss(1);
    expect(connection.status?.notices).toEqual([]);
    answers.dismissNotice = () => {
      throw refusal("The record cannot be written.");
    };
    open();
    await vi.advanceTimersByTimeAsync(0);
    const dismissing = connection.dismiss(1);
    expect(connection.status?.notices).toEqual([]);
    await dismissing;
    expect(connection.status?.notices).toEqual(ready.notices);
  });
});
