// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ExperimentSummary } from "../../../src-main/contract/experiment.ts";
import { RecordedExperiments } from "../../../src-renderer/entities/experiment/experiments.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { samplePair, sampleRun } from "../../support/sample-views.ts";
import { type Answers, refusal, scriptedEngine, snapshot } from "./scripted-engine.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const one: ExperimentSummary = {
  ...{ id: 1, createdAt: "2026-01-14T09:15:00.000Z", seeds: 1, runs: 6, finished: 2, isResumable: false },
  factors: [{ settings: ["smoothing"], isNamed: false }],
};
const pageOf = (...experiments: readonly ExperimentSummary[]) => ({ experiments, found: experiments.length });

function watching(answers: Answers = { "experiments.list": () => pageOf(one) }) {
  const engine = scriptedEngine(answers);
  const toasts = new ToastsState();
  const experiments = new RecordedExperiments(engine.api, engine.connection, toasts);
  return { ...engine, toasts, experiments, end: experiments.watch() };
}
const rest = () => vi.advanceTimersByTimeAsync(600);

describe("the experiments on record", () => {
  test("are asked for when the page opens", async () => {
    const { experiments } = watching();
    expect(experiments.list).toEqual([]);
    await rest();
    expect(experiments.list).toEqual([one]);
  });

  test("are asked for anew, once for many changes, and not for runs by themselves", async () => {
    const { emit, calls } = watching();
    await rest();
    emit({ kind: "run", run: sampleRun({ id: 1 }) });
    emit({ kind: "queue", queue: { held: null, jobs: [], waiting: 0, experimentIds: [] } });
    await rest();
    expect(calls).toHaveLength(1);
    for (const run of samplePair(1, 2)) emit({ kind: "run", run });
    emit({ kind: "runs-removed", runIds: [2] });
    await rest();
    expect(calls).toHaveLength(2);
  });

  test("stay while the link is lost, and are asked for again with the next snapshot", async () => {
    const { experiments, emit, answers } = watching();
    await rest();
    answers["experiments.list"] = () => {
      throw new Error("closed");
    };
    emit(snapshot());
    await rest();
    expect(experiments.list).toEqual([one]);
    answers["experiments.list"] = () => pageOf();
    emit(snapshot());
    await rest();
    expect(experiments.list).toEqual([]);
  });

  test("are the newest until more are wanted, blocks by themselves left out", async () => {
    const { experiments, answers, calls } = watching({
      "experiments.list": () => ({ experiments: [one], found: 31 }),
    });
    await rest();
    expect(calls).toEqual([["experiments.list", { leastBlocks: 2, most: 20 }]]);
    expect(experiments.more).toBe(30);
    answers["experiments.list"] = () => pageOf(one, { ...one, id: 2 });
    await experiments.showMore();
    expect(calls.at(-1)).toEqual(["experiments.list", { leastBlocks: 2, most: 40 }]);
    expect([experiments.list.length, experiments.more]).toEqual([2, 0]);
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
    const { experiments, answers, toasts, calls } = watching();
    answers["experiments.goOn"] = () => null;
    expect(await experiments.goOn(1)).toBe(true);
    expect(calls.at(-1)).toEqual(["experiments.goOn", { experimentId: 1 }]);
    answers["experiments.goOn"] = () => {
      throw refusal("Its pictures are gone.");
    };
    expect(await experiments.goOn(1)).toBe(false);
    expect(toasts.list.map(({ text }) => text)).toEqual(["Its pictures are gone. Try again."]);
  });
});
