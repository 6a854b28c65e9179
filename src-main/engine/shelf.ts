/** The networks to choose from, at their paper's size unless another is asked for. */
import type { ArchitectureView } from "../contract/architecture.ts";
import { architectures, findArchitecture } from "../models/registry.ts";
import { architectureView } from "../models/view.ts";
import { presetsFor } from "../training/presets.ts";

const paperClasses = 1_000;

export function shelf(): readonly ArchitectureView[] {
  return architectures.map(({ id }) => architectureOf({ id }));
}

/** @throws StrataError `model.unknown`, `model.input-too-small` */
export function architectureOf(choice: {
  readonly id: string;
  readonly inputPixels?: number;
  readonly width?: number;
  readonly classes?: number;
}): ArchitectureView {
  const architecture = findArchitecture(choice.id);
  const { inputPixels = architecture.inputPixels, width = 1, classes = paperClasses } = choice;
  return architectureView(architecture, { inputPixels, width, classes }, presetsFor(choice.id));
}
