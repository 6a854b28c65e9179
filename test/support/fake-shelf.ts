/** A test fixture: the real tables at their real sizes, since they are pure, with invented presets. */
import type { ArchitectureView } from "../../src-main/contract/architecture.ts";
import type { Preset } from "../../src-main/contract/configuration.ts";
import { architectures, findArchitecture } from "../../src-main/models/registry.ts";
import { architectureView } from "../../src-main/models/view.ts";
import { compactInception } from "./fake-data.ts";

function presetsOf(id: string, inputPixels: number): readonly Preset[] {
  const { training } = compactInception;
  return [
    {
      id: "compact",
      title: "Compact",
      model: { id, inputPixels: 32, width: 0.25 },
      training: { ...training, smoothing: 0.1 },
    },
    {
      id: "full",
      title: "Full size",
      model: { id, inputPixels, width: 1 },
      training: {
        ...training,
        epochs: 30,
        batchSize: 32,
        optimizer: { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1, initialMeanSquare: 0 },
        learningRate: 0.045,
        schedule: { kind: "exponential", everyEpochs: 2, factor: 0.94 },
        smoothing: 0.1,
      },
    },
  ];
}

export function fakeModelList(): readonly ArchitectureView[] {
  return architectures.map(({ id }) => fakeArchitecture({ id }));
}

export function fakeArchitecture(choice: {
  id: string;
  inputPixels?: number;
  width?: number;
  classes?: number;
}): ArchitectureView {
  const architecture = findArchitecture(choice.id);
  const { inputPixels = architecture.inputPixels, width = 1, classes = 1000 } = choice;
  return architectureView(
    architecture,
    { inputPixels, width, classes },
    presetsOf(choice.id, architecture.inputPixels),
  );
}
