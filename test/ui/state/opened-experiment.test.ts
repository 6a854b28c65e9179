// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { OpenedExperiment } from "../../../src-renderer/entities/experiment/opened-experiment.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { sampleExperimentRuns, sampleExperimentView, smoothingAndRate } from "../../support/sample-experiments.ts";
import { type Answers, later, refusal, scriptedEngine, snapshot } from "./scripted-engine.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const runs = sampleExperimentRuns(3, 1, smoothingAndRate, { state: "finished" });
const one = sampleExperimentView({ id: 3, createdAt: "2026-01-14T09:15:00.000Z", request: smoothingAndRate }, runs);

function opening(answers: Answers = { "experiments.get": () => one }) {
  const engine = scriptedEngine(answers);
  const opened = new OpenedExperiment(engine.api, engine.connection, new ToastsState());
  return { ...engine, opened, end: opened.watch(3) };
}
const rest = () => vi.advanceTimersByTimeAsync(600);

test("an experiment that is opened is asked for anew with its own runs' changes, once for many", async () => {
  const { opened, emit, calls, end } = opening();
  await rest();
  expect(opened.view).toEqual(one);
  const elsewhere = { ...runs[0]!, experiment: { ...runs[0]!.experiment!, id: 4 } };
  emit({ kind: "run", run: elsewhere });
  await rest();
  expect(calls).toHaveLength(1);
  for (const run of runs.slice(0, 2)) emit({ kind: "run", run });
  await rest();
  expect(calls).toEqual([1, 2].map(() => ["experiments.get", { experimentId: 3, most: 100 }]));
  end();
  emit(snapshot());
  await rest();
  expect(calls).toHaveLength(2);
});

test("one that is not there says so; one that is shown stays while the link is lost", async () => {
  const { opened, emit, answers } = opening({
    "experiments.get": () => {
      throw refusal("There is no experiment 3.");
    },
  });
  await rest();
  expect([opened.view, opened.error?.problem]).toEqual([null, "There is no experiment 3."]);
  answers["experiments.get"] = () => one;
  emit(snapshot());
  await rest();
  expect([opened.view, opened.error]).toEqual([one, null]);
  answers["experiments.get"] = () => {
    throw new Error("closed");
  };
  emit(snapshot());
  await rest();
  expect([opened.view, opened.error]).toEqual([one, null]);
});

test("while its verdict is worked out, that is said", async () => {
  const verdict = later<unknown>();
  const { opened } = opening({ "experiments.get": () => one, "experiments.verdict": () => verdict.promise });
  await rest();
  void opened.judge(3);
  expect([opened.isJudging, opened.verdict]).toEqual([true, null]);
  const judged = { missing: "no-answers", arms: [] };
  verdict.resolve(judged);
  await rest();
  expect([opened.isJudging, opened.verdict]).toEqual([false, judged]);
});

test("what is added is shown at once", async () => {
  const { opened, answers, calls } = opening();
  await rest();
  const growth = { seeds: [4], levels: [] };
  answers["experiments.grow"] = () => ({ experimentId: 3, runIds: [13] });
  await opened.grow(3, growth);
  expect(calls.slice(1)).toEqual([
    ["experiments.grow", { experimentId: 3, growth }],
    ["experiments.get", { experimentId: 3, most: 100 }],
  ]);
  answers["experiments.grow"] = () => {
    throw refusal("The experiment has all of these already.");
  };
  await expect(opened.grow(3, growth)).rejects.toThrow();
});

test("another order is another question, of which the newest answer is shown, and stays through changes", async () => {
  const { opened, answers, calls, emit } = opening();
  await rest();
  const slow = later<typeof one>();
  answers["experiments.get"] = () => slow.promise;
  const first = opened.choose(3, { judge: "hardLoss" });
  const by = { column: "validation top1", isDescending: true };
  const second = sampleExperimentView(one, runs, { sort: by });
  answers["experiments.get"] = () => second;
  await opened.choose(3, { sort: by });
  slow.resolve(one);
  await first;
  expect(opened.view).toBe(second);
  await opened.showMore(3);
  emit({ kind: "run", run: runs[0]! });
  await rest();
  const asked = { experimentId: 3, judge: "hardLoss", sort: by, most: 200 };
  expect(calls.slice(-2)).toEqual([1, 2].map(() => ["experiments.get", asked]));
});

test("what can be told of its rows is kept while the link is lost, and is no other experiment's", async () => {
  const verdict = { split: null, first: [], arms: [], missing: "no-answers" };
  const { opened, answers, calls, end } = opening({
    "experiments.get": () => one,
    "experiments.verdict": () => verdict,
  });
  await rest();
  await opened.judge(4);
  expect(opened.verdict).toBeNull();
  await opened.judge(3);
  expect(opened.verdict).toEqual(verdict);
  expect(calls.at(-1)).toEqual(["experiments.verdict", { experimentId: 3 }]);
  answers["experiments.verdict"] = () => {
    throw new Error("closed");
  };
  await opened.judge(3);
  expect(opened.verdict).toEqual(verdict);
  end();
  opened.watch(4);
  expect(opened.verdict).toBeNull();
});
