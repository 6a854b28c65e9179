// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { TrainEstimate } from "../../../src-main/contract/estimate.ts";
import { type ExperimentRequest, experimentRequest } from "../../../src-main/contract/experiment.ts";
import { resolveNetworks } from "../../../src-main/engine/models/resolve-networks.ts";
import { EstimateState } from "../../../src-renderer/features/train/experiment/estimate.svelte.ts";
import { experimentOf } from "../../support/experiment-of.ts";
import { compactInception } from "../../support/sample-views.ts";
import { type Answers, later, refusal, scriptedEngine } from "./scripted-engine.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const request = experimentOf(compactInception);
const withTraining = (training: Partial<ExperimentRequest["configuration"]["training"]>): ExperimentRequest => ({
  ...request,
  configuration: { ...compactInception, training: { ...compactInception.training, ...training } },
});
const estimated = (seconds: number): TrainEstimate => ({
  ...{ secondsPerEpoch: seconds / 8, seconds, decodingSeconds: 0, basis: "measured" },
  memory: { peakBytes: 1e9, freeBytes: 8e9, doesFit: true, batchThatFits: null, gpu: null },
});

function opened(answers: Answers = { "training.estimate": () => estimated(80) }) {
  const engine = scriptedEngine(answers);
  return { ...engine, estimate: new EstimateState(engine.api) };
}
const rest = () => vi.advanceTimersByTimeAsync(800);

describe("how long the experiment would take", () => {
  test("is none for no request, measured a moment after the last change, and then known", async () => {
    const { estimate, calls } = opened();
    estimate.ask(null, 2);
    expect(estimate.view).toEqual({ state: "none" });
    estimate.ask(withTraining({ epochs: 1 }), 2);
    await vi.advanceTimersByTimeAsync(500);
    estimate.ask(request, 2);
    expect([estimate.view.state, calls]).toEqual(["measuring", []]);
    await rest();
    expect(estimate.view).toEqual({ state: "known", estimate: estimated(80) });
    expect(calls).toEqual([["training.estimate", request]]);
  });

  test("is not measured again for what costs no time, and is for what does", async () => {
    const { estimate, calls } = opened();
    const ask = async (asked: ExperimentRequest, threads: number) => {
      estimate.ask(asked, threads);
      await rest();
      return calls.length;
    };
    expect(await ask(request, 2)).toBe(1);
    expect(await ask({ ...request, configuration: { ...compactInception, seed: 9 } }, 2)).toBe(1);
    expect(await ask(withTraining({ smoothing: 0.2, learningRate: 1 }), 2)).toBe(1);
    expect(await ask(withTraining({ batchSize: 8 }), 2)).toBe(2);
    expect(await ask(withTraining({ batchSize: 8 }), 1)).toBe(3);
    expect(await ask(experimentOf(compactInception, { setting: "smoothing", values: [0, 0.1] }), 1)).toBe(4);
  });

  test("is that of the newest question, whatever an older one answers", async () => {
    const slow = later<TrainEstimate>();
    const { estimate, answers } = opened({ "training.estimate": () => slow.promise });
    estimate.ask(request, 2);
    await rest();
    answers["training.estimate"] = () => estimated(40);
    estimate.ask(withTraining({ epochs: 4 }), 2);
    await rest();
    slow.resolve(estimated(80));
    await rest();
    expect(estimate.view).toEqual({ state: "known", estimate: estimated(40) });
  });

  test("is none once there is no request any more, also where it was being measured", async () => {
    const slow = later<TrainEstimate>();
    const { estimate } = opened({ "training.estimate": () => slow.promise });
    estimate.ask(request, 2);
    await rest();
    estimate.ask(null, 2);
    slow.resolve(estimated(80));
    await rest();
    expect(estimate.view).toEqual({ state: "none" });
  });

  test("is of every block where there are several, in step with how many they are", async () => {
    const { estimate, calls } = opened({
      "training.estimate": () => estimated(80),
      "experiments.estimate": () => ({ runs: 3, seconds: 200 }),
    });
    const over = (seeds: number[]) => ({ ...request, seeds });
    estimate.ask(over([1, 2, 3]), 2);
    await rest();
    expect(estimate.view).toEqual({ state: "known", estimate: { ...estimated(80), seconds: 200 } });
    estimate.ask(over([4, 5, 6]), 2);
    await rest();
    expect(calls.map(([name]) => name)).toEqual(["training.estimate", "experiments.estimate"]);
    estimate.ask(over([1, 2]), 2);
    expect(estimate.view.state).toBe("measuring");
  });

  test("tells what each network trains with as soon as that is known, and nothing once none varies", async () => {
    const slow = later<TrainEstimate>();
    const { estimate, calls } = opened({
      "experiments.resolve": (asked) => resolveNetworks(experimentRequest.parse(asked), 10),
      "training.estimate": () => slow.promise,
    });
    const factors = [{ setting: "model", values: ["linear-svm", "alexnet"], isBlocked: false }];
    const networks = { preset: "compact" as const, held: ["width"], multiplyAdds: null, minutes: null, resolved: [] };
    estimate.ask({ ...request, factors, networks }, 2);
    await rest();
    expect([estimate.view.state, calls.map(([name]) => name)]).toEqual([
      "measuring",
      ["experiments.resolve", "training.estimate"],
    ]);
    expect(estimate.networks?.networks.map(({ model }) => model)).toEqual(["linear-svm", "alexnet"]);
    expect(estimate.networks?.settings).toContainEqual({ setting: "width", source: "held", isDifferent: false });
    expect(estimate.networks?.settings).toContainEqual({ setting: "learningRate", source: "own", isDifferent: true });
    estimate.ask(request, 2);
    expect(estimate.networks).toBeNull();
  });

  test("starts what was told of its networks, and what stands on the page where that is not known", async () => {
    const { estimate } = opened({
      "experiments.resolve": (asked) => resolveNetworks(experimentRequest.parse(asked), 10),
      "training.estimate": () => estimated(80),
      "experiments.estimate": () => ({ runs: 2, seconds: 200 }),
    });
    const factors = [{ setting: "model", values: ["linear-svm", "alexnet"], isBlocked: false }];
    const asked = experimentRequest.parse({ ...request, factors, networks: {} });
    estimate.ask(asked, 2);
    expect(estimate.asTold(asked)).toBe(asked);
    await rest();
    expect(estimate.asTold(asked).networks?.resolved.map(({ model }) => model)).toEqual(["linear-svm", "alexnet"]);
    const other = { ...asked, seeds: [2, 3] };
    expect(estimate.asTold(other)).toBe(other);
    estimate.ask(asked, 1);
    expect(estimate.asTold(asked)).toBe(asked);
  });

  test("that failed says why, and the same question is asked again", async () => {
    const { estimate, answers } = opened({
      "training.estimate": () => {
        throw refusal("The pictures cannot be read.");
      },
    });
    estimate.ask(request, 2);
    await rest();
    expect(estimate.view).toMatchObject({ state: "failed", error: { problem: "The pictures cannot be read." } });
    answers["training.estimate"] = () => estimated(80);
    estimate.ask(request, 2);
    await rest();
    expect(estimate.view.state).toBe("known");
  });
});
