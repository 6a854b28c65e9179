import { expect, test } from "vitest";
import { modelChoice, trainingSettings } from "../../src-main/contract/configuration.ts";
import { architectures } from "../../src-main/models/registry.ts";
import { smallestInputPixels } from "../../src-main/models/scale.ts";
import { defaultTraining, presetsFor } from "../../src-main/training/presets.ts";

test("every architecture has a compact preset and its paper's, and both are settings that can be sent", () => {
  for (const { id, inputPixels } of architectures) {
    const presets = presetsFor(id);
    expect(presets.map((preset) => preset.id)).toEqual(["compact", "paper"]);
    for (const { model, training } of presets) {
      expect(modelChoice.parse(model)).toEqual(model);
      expect(trainingSettings.parse(training)).toEqual(training);
    }
    expect(presets[1]!.model).toEqual({ id, inputPixels, width: 1 });
  }
});

test("a preset says that it is the paper's only where its settings are", () => {
  const titles = ["linear-svm", "lenet5", "nin", "alexnet-torchvision", "alexnet"].map(
    (id) => presetsFor(id)[1]!.title,
  );
  expect(titles).toEqual([
    "Longer, chosen here",
    "Near the paper",
    "As its author trained it",
    "As torchvision trains it",
    "As in the paper",
  ]);
});

test("a compact preset is large enough for its network", () => {
  for (const architecture of architectures)
    expect(presetsFor(architecture.id)[0]!.model.inputPixels).toBeGreaterThanOrEqual(smallestInputPixels(architecture));
});

test("default settings are those of the preset nearest in size", () => {
  const [compact, paper] = presetsFor("inception-v3");
  expect(defaultTraining("inception-v3", { id: "inception-v3", inputPixels: 64, width: 0.5 })).toBe(compact!.training);
  expect(defaultTraining("inception-v3", { id: "inception-v3", inputPixels: 224, width: 0.5 })).toBe(paper!.training);
});

test("a network that is not on the model registry has no settings", () => {
  expect(() => presetsFor("lenet")).toThrow("There is no network named lenet.");
});
