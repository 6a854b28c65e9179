// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { RecordedSweeps } from "../../../src-renderer/entities/sweep/sweeps.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { sampleSweepView, smoothingAndRate } from "../../support/sample-sweeps.ts";
import { sampleRun } from "../../support/sample-views.ts";
import { type Answers, refusal, scriptedEngine, snapshot } from "./scripted-engine.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const one = sampleSweepView({ id: 1, createdAt: "2026-01-14T09:15:00.000Z", request: smoothingAndRate }, []);

function watching(answers: Answers = { "sweeps.list": () => [one] }) {
  const engine = scriptedEngine(answers);
  const toasts = new ToastsState();
  const sweeps = new RecordedSweeps(engine.api, engine.connection, toasts);
  return { ...engine, toasts, sweeps, end: sweeps.watch() };
}
const rest = () => vi.advanceTimersByTimeAsync(600);

describe("the sweeps on record", () => {
  test("are asked for when the page opens", async () => {
    const { sweeps } = watching();
    expect(sweeps.list).toEqual([]);
    await rest();
    expect(sweeps.list).toEqual([one]);
  });

  test("are asked for anew, once for many changes, and not for runs of no sweep", async () => {
    const { emit, calls } = watching();
    await rest();
    emit({ kind: "run", run: sampleRun({ id: 1 }) });
    emit({ kind: "queue", queue: { held: null, jobs: [], waiting: 0, sweepIds: [] } });
    await rest();
    expect(calls).toHaveLength(1);
    for (const id of [2, 3, 4]) emit({ kind: "run", run: sampleRun({ id, sweepId: 1 }) });
    emit({ kind: "runs-removed", runIds: [2] });
    await rest();
    expect(calls).toHaveLength(2);
  });

  test("stay while the link is lost, and are asked for again with the next snapshot", async () => {
    const { sweeps, emit, answers } = watching();
    await rest();
    answers["sweeps.list"] = () => {
      throw new Error("closed");
    };
    emit(snapshot());
    await rest();
    expect(sweeps.list).toEqual([one]);
    answers["sweeps.list"] = () => [];
    emit(snapshot());
    await rest();
    expect(sweeps.list).toEqual([]);
  });

  test("are not asked for any more once nobody watches", async () => {
    const { emit, calls, end } = watching();
    await rest();
    emit(snapshot());
    end();
    emit(snapshot());
    await rest();
    expect(calls).toHaveLength(1);
  });

  test("go on when asked, or say why not", async () => {
    const { sweeps, answers, toasts, calls } = watching();
    answers["sweeps.goOn"] = () => null;
    expect(await sweeps.goOn(1)).toBe(true);
    expect(calls.at(-1)).toEqual(["sweeps.goOn", { sweepId: 1 }]);
    answers["sweeps.goOn"] = () => {
      throw refusal("Its pictures are gone.");
    };
    expect(await sweeps.goOn(1)).toBe(false);
    expect(toasts.list.map(({ text }) => text)).toEqual(["Its pictures are gone. Try again."]);
  });
});
