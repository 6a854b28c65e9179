// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import { QueueState } from "../../../src-renderer/entities/queue/queue.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { refusal, scriptedEngine, snapshot } from "./scripted-engine.ts";

function opened(answers = {}) {
  const engine = scriptedEngine(answers);
  const toasts = new ToastsState();
  return { ...engine, toasts, queue: new QueueState(engine.api, engine.connection, toasts) };
}

describe("the queue, as a window knows it", () => {
  test("is empty and goes on until the engine has told of it", () => {
    expect(opened().queue.view).toEqual({ held: null, jobs: [] });
  });

  test("is what the latest snapshot or change says, and other events leave it", () => {
    const { queue, emit } = opened();
    emit(snapshot({ queue: { held: "interrupted", jobs: [[7], [8, 9]] } }));
    expect([queue.view.held, queue.placeOf(9), queue.placeOf(3)]).toEqual(["interrupted", 2, 0]);
    emit({ kind: "runs-removed", runIds: [7] });
    expect(queue.placeOf(7)).toBe(1);
    emit({ kind: "queue", queue: { held: null, jobs: [[8, 9]] } });
    expect(queue.view).toEqual({ held: null, jobs: [[8, 9]] });
    // Reconnected to an engine that was started again meanwhile.
    emit(snapshot());
    expect(queue.view.jobs).toEqual([]);
  });
});

describe("what a person does to the queue", () => {
  test("is asked of the engine by its own call", async () => {
    const done = () => null;
    const { queue, calls } = opened({
      "queue.hold": done,
      "queue.goOn": done,
      "queue.move": done,
      "queue.get": () => ({ held: null, jobs: [[7], [6]] }),
      "queue.leaveInterrupted": done,
      "sweeps.pause": done,
      "sweeps.stop": done,
    });
    const outcomes = [
      await queue.hold(),
      await queue.goOn(),
      await queue.move(7, "front"),
      await queue.pauseSweep(2),
      await queue.stopSweep(2),
      await queue.leaveInterrupted(),
    ];
    expect(outcomes).toEqual([true, true, true, true, true, true]);
    expect(calls).toEqual([
      ["queue.hold", undefined],
      ["queue.goOn", undefined],
      ["queue.move", { runId: 7, to: "front" }],
      ["queue.get", undefined],
      ["sweeps.pause", { sweepId: 2 }],
      ["sweeps.stop", { sweepId: 2 }],
      ["queue.leaveInterrupted", undefined],
    ]);
  });

  test("has a move in its view by the move's answer, before the event of it", async () => {
    const jobs = { before: [[6], [7]], after: [[7], [6]] };
    const { queue, emit } = opened({ "queue.move": () => null, "queue.get": () => ({ held: null, jobs: jobs.after }) });
    emit(snapshot({ queue: { held: null, jobs: jobs.before } }));
    await queue.move(7, "front");
    expect(queue.placeOf(7)).toBe(1);
  });

  test("leaves the list as it is where that fails, and says in a notice why it could not be done", async () => {
    const { queue, toasts, emit } = opened({
      "queue.move": () => {
        throw refusal("Run 7 has begun.", "Pause it.");
      },
    });
    emit(snapshot({ queue: { held: null, jobs: [[6], [7]] } }));
    expect(await queue.move(7, "front")).toBe(false);
    expect(queue.placeOf(7)).toBe(2);
    expect(toasts.list.map(({ text }) => text)).toEqual(["Run 7 has begun. Pause it."]);
  });

  test("goes on with interrupted runs in order, and not past one that cannot", async () => {
    const { queue, calls, toasts } = opened({
      "training.resume": (input: { runId: number }) => {
        if (input.runId === 4) throw refusal("Run 4 has no saved state.");
      },
    });
    expect(await queue.resume([3, 4, 5])).toBe(false);
    expect(calls.map(([, input]) => input)).toEqual([{ runId: 3 }, { runId: 4 }]);
    expect(toasts.list).toHaveLength(1);
    expect(await queue.resume([3])).toBe(true);
  });
});
