// @vitest-environment ./test/ui/state/pages-environment.ts
import { afterEach, expect, test, vi } from "vitest";
import { prepareNetworksBy } from "../../../src-renderer/app/prepare-networks.ts";
import { emptySweep, newLine } from "../../../src-renderer/features/train/sweep/sweep-draft.ts";
import { cifar } from "../../support/sample-views.ts";
import { filledTrainStates, trainStates } from "./train.ts";

afterEach(() => vi.unstubAllGlobals());

test("a lesson's networks are put on the Train page, each by its compact preset, whatever stood there", async () => {
  const states = await filledTrainStates();
  const went: unknown[] = [];
  states.datasets.choose(cifar);
  states.experiment.edit({ differs: "smoothing", inputPixels: "48", learningRate: "0.5" });
  const lines = [{ ...newLine("smoothing"), text: "0, 0.1" }];
  states.experiment.edit({ way: "sweep", sweep: { ...emptySweep, lines, alike: "width" } });
  const prepare = prepareNetworksBy({ ...states, router: { go: (route) => void went.push(route) } });
  await prepare({ networks: ["lenet5", "vgg11"], seeds: [1, 2, 3] });
  expect(went).toEqual([{ page: "train" }]);
  expect(states.experiment.request).toMatchObject({
    configuration: { model: { id: "vgg11", inputPixels: 32, width: 0.25 } },
    factors: [{ setting: "model", values: ["lenet5", "vgg11"] }],
    seeds: [1, 2, 3],
    networks: { preset: "compact", held: [], multiplyAdds: null },
  });
});

test("it comes to a page that was never opened, too", async () => {
  const states = trainStates();
  const prepare = prepareNetworksBy({ ...states, router: { go: () => {} } });
  await prepare({ networks: ["alexnet", "inception-v3"], seeds: [4] });
  expect([states.experiment.draft?.modelId, states.experiment.draft?.seed]).toEqual(["inception-v3", "4"]);
});
