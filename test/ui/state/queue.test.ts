// @vitest-environment ./test/ui/state/pages-environment.ts
import { describe, expect, test } from "vitest";
import { type QueueView, toldJobs } from "../../../src-main/contract/queue.ts";
import { QueueState } from "../../../src-renderer/entities/queue/queue.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { refusal, scriptedEngine, settled, snapshot } from "./scripted-engine.ts";

const queueOf = (held: QueueView["held"], jobs: QueueView["jobs"]): QueueView => ({
  held,
  jobs,
  waiting: jobs.length,
  experimentIds: [],
});
function opened(answers = {}) {
  const engine = scriptedEngine(answers);
  const toasts = new ToastsState();
  return { ...engine, toasts, queue: new QueueState(engine.api, engine.connection, toasts) };
}

describe("the queue, as a window knows it", () => {
  test("is empty and goes on until the engine has told of it", () => {
    expect(opened().queue.view).toEqual(queueOf(null, []));
  });

  test("is what the latest snapshot or change says, and other events leave it", () => {
    const { queue, emit } = opened();
    emit(snapshot({ queue: queueOf("interrupted", [[7], [8, 9]]) }));
    expect([queue.view.held, queue.placeOf(9), queue.placeOf(3)]).toEqual(["interrupted", 2, 0]);
    emit({ kind: "runs-removed", runIds: [7] });
    expect(queue.placeOf(7)).toBe(1);
    emit({ kind: "queue", queue: queueOf(null, [[8, 9]]) });
    expect(queue.view).toEqual(queueOf(null, [[8, 9]]));
    // Reconnected to an engine that was started again meanwhile.
    emit(snapshot());
    expect(queue.view.jobs).toEqual([]);
  });
});

describe("a queue of which the engine tells the first jobs alone", () => {
  const jobs = Array.from({ length: 300 }, (_, index) => [index + 1]);
  const told = (from: number): QueueView => ({ ...queueOf(null, jobs.slice(from)), jobs: jobs.slice(from, from + 12) });

  test("is shown as far as was asked for, and after a change as far again", async () => {
    let from = 0;
    const { queue, emit, calls } = opened({
      "queue.get": ({ most }: { most: number }) => ({ ...told(from), jobs: jobs.slice(from, from + most) }),
    });
    emit(snapshot({ queue: told(0) }));
    expect([queue.view.jobs.length, queue.view.waiting, calls]).toEqual([12, 300, []]);
    await queue.showMore(100);
    expect([queue.view.jobs.length, queue.placeOf(112), queue.placeOf(113)]).toEqual([112, 112, 0]);
    from = 1;
    emit({ kind: "queue", queue: told(1) });
    // Not for a moment do the rows behind the first ones go away.
    expect([queue.view.jobs.length, queue.view.waiting]).toEqual([112, 299]);
    await settled();
    expect([queue.view.jobs.length, queue.placeOf(1), queue.placeOf(113)]).toEqual([112, 0, 112]);
  });

  test("that has become as short as what is told is not asked for again", async () => {
    const { queue, emit, calls } = opened({
      "queue.get": ({ most }: { most: number }) => ({ ...told(0), jobs: jobs.slice(0, most) }),
    });
    emit(snapshot({ queue: told(0) }));
    await queue.showMore(100);
    emit({ kind: "queue", queue: told(295) });
    expect([queue.view.jobs, calls.length]).toEqual([jobs.slice(295), 1]);
  });
});

describe("what a person does to the queue", () => {
  test("is asked of the engine by its own call", async () => {
    const done = () => null;
    const { queue, calls } = opened({
      "queue.hold": done,
      "queue.goOn": done,
      "queue.move": done,
      "queue.get": () => queueOf(null, [[7], [6]]),
      "queue.leaveInterrupted": done,
      "experiments.pause": done,
      "experiments.stop": done,
    });
    const outcomes = [
      await queue.hold(),
      await queue.goOn(),
      await queue.move(7, "front"),
      await queue.pauseExperiment(2),
      await queue.stopExperiment(2),
      await queue.leaveInterrupted(),
    ];
    expect(outcomes).toEqual([true, true, true, true, true, true]);
    expect(calls).toEqual([
      ["queue.hold", undefined],
      ["queue.goOn", undefined],
      ["queue.move", { runId: 7, to: "front" }],
      ["queue.get", { most: toldJobs }],
      ["experiments.pause", { experimentId: 2 }],
      ["experiments.stop", { experimentId: 2 }],
      ["queue.leaveInterrupted", undefined],
    ]);
  });

  test("has a move in its view by the move's answer, before the event of it", async () => {
    const jobs = { before: [[6], [7]], after: [[7], [6]] };
    const { queue, emit } = opened({ "queue.move": () => null, "queue.get": () => queueOf(null, jobs.after) });
    emit(snapshot({ queue: queueOf(null, jobs.before) }));
    await queue.move(7, "front");
    expect(queue.placeOf(7)).toBe(1);
  });

  test("leaves the list as it is where that fails, and says in a notice why it could not be done", async () => {
    const { queue, toasts, emit } = opened({
      "queue.move": () => {
        throw refusal("Run 7 has begun.", "Pause it.");
      },
    });
    emit(snapshot({ queue: queueOf(null, [[6], [7]]) }));
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
