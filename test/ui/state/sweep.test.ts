// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type ExperimentEstimate, experimentRequest } from "../../../src-main/contract/experiment.ts";
import { resolveNetworks } from "../../../src-main/engine/models/resolve-networks.ts";
import { cifar } from "../../support/sample-views.ts";
import { type Answers, later, refusal } from "./scripted-engine.ts";
import { tabStorage } from "./tab-storage.ts";
import { filledTrainStates } from "./train.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const rest = () => vi.advanceTimersByTimeAsync(800);

/** A single run on the page, over two values of smoothing and two seeds. */
async function varied(answers: Answers = {}) {
  const states = await filledTrainStates(answers);
  states.datasets.choose(cifar);
  states.experiment.edit({ differs: "nothing" });
  states.sweep.edit({ lines: [{ setting: "smoothing", text: "0, 0.1" }], seeds: "1, 2" });
  return states;
}

describe("the sweep on the page", () => {
  test("is on once something varies or there are several seeds", async () => {
    const { sweep } = await filledTrainStates();
    expect(sweep.isOn).toBe(false);
    sweep.add();
    expect([sweep.isOn, sweep.request, sweep.draft.lines.length]).toEqual([true, null, 1]);
    sweep.editLine(0, { text: "0, 0.1" });
    sweep.remove(0);
    expect(sweep.isOn).toBe(false);
    sweep.edit({ seeds: "1, 2" });
    expect(sweep.isOn).toBe(true);
  });

  test("asks for the experiment on the page with every value and seed", async () => {
    const { sweep, experiment } = await varied();
    expect(sweep.outcome.runs).toBe(4);
    experiment.edit({ epochs: "3" });
    expect(sweep.request).toMatchObject({
      configuration: { training: { epochs: 3 } },
      factors: [{ setting: "smoothing", values: [0, 0.1], isBlocked: false }],
      seeds: [1, 2],
    });
    // Between the arms and from run to run it cannot vary at once.
    experiment.edit({ differs: "smoothing" });
    expect(sweep.request).toBeNull();
    experiment.edit({ differs: "labelNoise" });
    expect(sweep.request?.factors.map(({ isBlocked }) => isBlocked)).toEqual([false, true]);
  });

  test("is estimated a moment after the last change, by the newest question", async () => {
    const slow = later<ExperimentEstimate>();
    const { sweep, calls, answers } = await varied({ "experiments.estimate": () => slow.promise });
    sweep.ask();
    await rest();
    answers["experiments.estimate"] = () => ({ runs: 6, seconds: 60 });
    sweep.edit({ seeds: "1, 2, 3" });
    sweep.ask();
    await rest();
    slow.resolve({ runs: 4, seconds: 40 });
    await rest();
    expect([sweep.estimate, calls.length]).toEqual([{ runs: 6, seconds: 60 }, 2]);
    sweep.edit({ lines: [], seeds: "" });
    sweep.ask();
    expect(sweep.estimate).toBeNull();
  });

  test("tells what each network trains with as soon as that is known, and nothing once none varies", async () => {
    const slow = later<ExperimentEstimate>();
    const { sweep, calls } = await varied({
      "experiments.resolve": (asked) => resolveNetworks(experimentRequest.parse(asked), 10),
      "experiments.estimate": () => slow.promise,
    });
    sweep.edit({ lines: [{ setting: "model", text: "linear-svm, alexnet" }], alike: "width" });
    sweep.ask();
    await rest();
    expect([sweep.estimate, calls.map(([name]) => name)]).toEqual([
      null,
      ["experiments.resolve", "experiments.estimate"],
    ]);
    expect(sweep.networks?.networks.map(({ model }) => model)).toEqual(["linear-svm", "alexnet"]);
    expect(sweep.networks?.settings).toContainEqual({ setting: "width", source: "held", isDifferent: false });
    expect(sweep.networks?.settings).toContainEqual({ setting: "learningRate", source: "own", isDifferent: true });
    sweep.edit({ lines: [] });
    sweep.ask();
    expect(sweep.networks).toBeNull();
  });

  test("is started once, or says why not until it is changed", async () => {
    const recorded = later<unknown>();
    const { sweep, calls, answers } = await varied({ "training.start": () => recorded.promise });
    const { request } = sweep;
    const starts = [sweep.start(), sweep.start()];
    recorded.resolve({ experimentId: 1, runIds: [] });
    expect(await Promise.all(starts)).toEqual([true, false]);
    expect(calls).toEqual([["training.start", request]]);
    answers["training.start"] = () => {
      throw refusal("The disk is full.");
    };
    expect(await sweep.start()).toBe(false);
    expect([sweep.error?.problem, sweep.isStarting]).toEqual(["The disk is full.", false]);
    sweep.edit({ seeds: "1" });
    expect(sweep.error).toBeNull();
  });

  test("is as a person had it when the tab was loaded again", async () => {
    tabStorage();
    const before = await varied();
    const after = await filledTrainStates();
    expect(after.sweep.draft).toEqual(before.sweep.draft);
  });
});
