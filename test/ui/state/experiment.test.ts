// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, describe, expect, test, vi } from "vitest";
import { repeatJobBy } from "../../../src-renderer/app/repeat-job.ts";
import { repeatTexts } from "../../../src-renderer/entities/run/repeat-texts.ts";
import { firstArms, withNewArm } from "../../../src-renderer/features/train/arms/arm-drafts.ts";
import { emptySweep, newLine, withNewLine } from "../../../src-renderer/features/train/sweep/sweep-draft.ts";
import { sweepTexts } from "../../../src-renderer/features/train/sweep/sweep-texts.ts";
import type { Route } from "../../../src-renderer/lib/route.ts";
import { cifar, samplePair, sampleRun } from "../../support/sample-views.ts";
import { later, refusal, settled } from "./scripted-engine.ts";
import { tabStorage } from "./tab-storage.ts";
import { filledTrainStates, trainStates } from "./train.ts";

afterEach(() => vi.unstubAllGlobals());

describe("the experiment on the page", () => {
  test("is filled from the network's first preset, and asks for nothing before pictures are chosen", async () => {
    const { experiment, datasets, first } = await filledTrainStates();
    expect([experiment.draft?.modelId, experiment.draft?.presetId]).toEqual([first.id, first.presets[0]?.id]);
    expect([experiment.request, experiment.outcome.problems]).toEqual([null, null]);
    datasets.choose(cifar);
    expect(experiment.request?.configuration.dataset).toEqual(cifar.source);
  });

  test("says at the field what is wrong, and asks for nothing meanwhile", async () => {
    const { experiment, datasets } = await filledTrainStates();
    datasets.choose(cifar);
    experiment.edit({ epochs: "0" });
    expect([experiment.request, typeof experiment.problem("epochs")]).toEqual([null, "string"]);
    experiment.edit({ epochs: "5" });
    expect([experiment.request?.configuration.training.epochs, experiment.problem("epochs")]).toEqual([5, null]);
  });

  test("keeps a person's settings when another network is taken, and drops them with a way back", async () => {
    const { experiment, networkList, toasts } = await filledTrainStates();
    experiment.edit({ epochs: "5" });
    const other = networkList.families[1];
    if (other) experiment.takeNetwork(other, null);
    expect([experiment.draft?.modelId, experiment.draft?.epochs, experiment.ownSettings]).toEqual([other?.id, "5", 1]);
    experiment.dropOwnSettings();
    expect(experiment.ownSettings).toBe(0);
    expect(toasts.list[0]).toMatchObject({ text: repeatTexts.dropped });
    toasts.list[0]?.action?.run();
    expect(experiment.draft?.epochs).toBe("5");
  });

  test("is recorded by the engine once, however often it is asked to start", async () => {
    const recorded = later<unknown>();
    const { experiment, datasets, calls } = await filledTrainStates({ "training.start": () => recorded.promise });
    expect(await experiment.start()).toBe(false);
    datasets.choose(cifar);
    const { request } = experiment;
    const starts = [experiment.start(), experiment.start()];
    expect(experiment.isStarting).toBe(true);
    recorded.resolve({ runIds: [1, 2] });
    expect(await Promise.all(starts)).toEqual([true, false]);
    expect(calls).toEqual([["training.start", request]]);
    expect(experiment.isStarting).toBe(false);
  });

  test("is one draft whichever way is taken, over a reload too", async () => {
    tabStorage();
    const { experiment, datasets } = await filledTrainStates();
    datasets.choose(cifar);
    const lines = [{ ...newLine("smoothing"), text: "0, 0.1, 0.2" }];
    experiment.edit({ way: "sweep", seed: "1, 2", sweep: { ...emptySweep, lines } });
    experiment.edit({ way: "compare", differs: "arms", namedArms: withNewArm(firstArms), epochs: "3" });
    const after = await filledTrainStates();
    expect(after.experiment.draft).toEqual(experiment.draft);
    after.datasets.choose(cifar);
    after.experiment.edit({ way: "sweep" });
    expect(after.experiment.request).toMatchObject({
      configuration: { training: { epochs: 3 } },
      factors: [{ setting: "smoothing", values: [0, 0.1, 0.2], isBlocked: false }],
      seeds: [1, 2],
    });
    expect(after.experiment.ownSettings).toBe(1);
  });

  test("shows that nothing stands in a field once a start was asked for, and not for a line that came since", async () => {
    const { experiment, datasets } = await filledTrainStates();
    datasets.choose(cifar);
    experiment.edit({ way: "sweep", sweep: withNewLine(emptySweep) });
    expect([experiment.request, experiment.problem("line0")]).toEqual([null, null]);
    experiment.showUnfilled();
    expect(experiment.problem("line0")).toBe(sweepTexts.noValues);
    experiment.edit({ sweep: withNewLine(experiment.draft!.sweep) });
    expect([experiment.problem("line0"), experiment.problem("line1")]).toEqual([sweepTexts.noValues, null]);
  });

  test("that could not be started says why until something is changed", async () => {
    const { experiment, datasets } = await filledTrainStates({
      "training.start": () => {
        throw refusal("It does not fit into memory.");
      },
    });
    datasets.choose(cifar);
    expect(await experiment.start()).toBe(false);
    expect([experiment.startError?.problem, experiment.isStarting]).toEqual(["It does not fit into memory.", false]);
    experiment.edit({ batchSize: "8" });
    expect(experiment.startError).toBeNull();
  });
});

describe("the experiment when the tab was loaded again", () => {
  test("is as a person had it", async () => {
    tabStorage();
    const before = await filledTrainStates();
    before.experiment.edit({ epochs: "5" });
    const { experiment } = await filledTrainStates();
    expect([experiment.draft?.epochs, experiment.ownSettings, experiment.repeated]).toEqual(["5", 1, null]);
  });

  test("is still as the run that it was filled from, and the preset's where that run is gone", async () => {
    tabStorage();
    const run = sampleRun({ id: 4 });
    const before = await filledTrainStates();
    before.experiment.takeRun(run, []);
    const after = await filledTrainStates({ "runs.get": () => run });
    expect(after.experiment.repeated).toEqual({ runs: [run], isOld: true });
    expect(after.experiment.draft?.modelId).toBe(run.configuration.model.id);
    tabStorage();
    const again = await filledTrainStates();
    again.experiment.takeRun(run, []);
    const gone = await filledTrainStates({
      "runs.get": () => {
        throw refusal("There is no run 4.");
      },
    });
    expect(gone.experiment.repeated).toBeNull();
    expect(gone.experiment.draft?.modelId).toBe(run.configuration.model.id);
  });

  test("is not put over a run that was taken while the earlier one was asked for", async () => {
    tabStorage();
    (await filledTrainStates()).experiment.takeRun(sampleRun({ id: 4 }), []);
    const answer = later<unknown>();
    const { experiment, networkList } = trainStates({ "runs.get": () => answer.promise });
    await networkList.load();
    const [first] = networkList.families;
    const beginning = first && experiment.begin(first);
    experiment.takeRun(sampleRun({ id: 5 }), []);
    answer.resolve(sampleRun({ id: 4 }));
    await beginning;
    expect(experiment.repeated?.runs.map(({ id }) => id)).toEqual([5]);
  });
});

test("repeating a pair fills the page with it, forgets what was to vary, and opens its pictures", async () => {
  const states = await filledTrainStates({ "data.inspect": () => cifar });
  const { experiment, datasets } = states;
  const went: Route[] = [];
  const router = { go: (route: Route) => void went.push(route) };
  experiment.edit({ way: "sweep", epochs: "5", seed: "1, 2", sweep: withNewLine(emptySweep) });
  const [a, b] = samplePair(1, 7);
  if (a && b) repeatJobBy({ ...states, router })(a, [a, b]);
  await settled();
  expect(experiment.repeated?.runs.map(({ id }) => id)).toEqual([7, 8]);
  expect(experiment.request?.factors).toEqual(a?.experiment?.differs);
  const { way, sweep, seed } = experiment.draft!;
  expect([way, sweep, seed]).toEqual(["compare", emptySweep, String(a?.configuration.seed)]);
  expect([datasets.chosen, went]).toEqual([cifar, [{ page: "train" }]]);
  expect(states.toasts.list.map(({ text }) => text)).toEqual([repeatTexts.replacedByRun]);
});
