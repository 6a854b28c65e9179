/** What a person who names only a network trains with: the preset nearest to the size asked for. */
import type { ModelChoice, TrainingSettings } from "../../contract/configuration.ts";
import { defaultTraining, presetsFor } from "../../training/presets.ts";

/** Without an input size, the network's first preset. Throws `model.unknown`. */
export function trainDefaults(asked: { readonly id: string; readonly inputPixels?: number; readonly width?: number }): {
  readonly model: ModelChoice;
  readonly training: TrainingSettings;
} {
  const presets = presetsFor(asked.id);
  const inputPixels = asked.inputPixels ?? presets[0]!.model.inputPixels;
  const distance = (side: number) => Math.abs(Math.log(side / inputPixels));
  const nearest = presets.toSorted((a, b) => distance(a.model.inputPixels) - distance(b.model.inputPixels))[0]!;
  const model = { id: asked.id, inputPixels, width: asked.width ?? nearest.model.width };
  return { model, training: defaultTraining(asked.id, model) };
}
