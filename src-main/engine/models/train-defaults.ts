/** What a person who names only a network trains with: the preset nearest to the size asked for. */
import type { ModelChoice, TrainingSettings } from "../../contract/configuration.ts";
import { presetsFor } from "../../training/presets.ts";

/** Without an input size, the network's preset of the id that is named; its first where none is, or it has none such. Throws `model.unknown`. */
export function trainDefaults(asked: {
  readonly id: string;
  readonly preset?: string;
  readonly inputPixels?: number;
  readonly width?: number;
}): {
  readonly model: ModelChoice;
  readonly training: TrainingSettings;
} {
  const presets = presetsFor(asked.id);
  const named = presets.find(({ id }) => id === asked.preset) ?? presets[0]!;
  const { inputPixels = named.model.inputPixels } = asked;
  const distance = (side: number) => Math.abs(Math.log(side / inputPixels));
  const nearest = presets.toSorted((a, b) => distance(a.model.inputPixels) - distance(b.model.inputPixels))[0]!;
  const { model, training } = asked.inputPixels === undefined ? named : nearest;
  return { model: { id: asked.id, inputPixels, width: asked.width ?? model.width }, training };
}
