/**
 * Label smoothing and weight decay on wrong labels, as an experiment on a person's pictures: neither, each alone and both, for several shares of wrong labels and
 * seeds. Smoothing on wrong labels: Lukasik et al. 2020; weight decay: Krogh and Hertz 1991.
 */
import { optimizer, type Preset, type TrainingSettings } from "../../contract/configuration.ts";
import type { DatasetSource } from "../../contract/dataset.ts";
import type { ExperimentRequest } from "../../contract/experiment.ts";
import { usualResize } from "../../contract/resize.ts";

const network = "lenet5";
/**
 * With these a network this small memorises the wrong labels of a few thousand small pictures, which it does not with its preset's: mirrored and shifted
 * pictures are never the same twice, and after 30 epochs no more than chance were memorised.
 */
const memorising = {
  epochs: 30,
  augmentation: { flip: false, cropPaddingPixels: 0 },
  optimizer: optimizer.parse({ kind: "adam" }),
  learningRate: 0.001,
  schedule: { kind: "constant" },
} as const satisfies Partial<TrainingSettings>;
const smoothing = { setting: "smoothing", value: 0.1 } as const;
const weightDecay = { setting: "weightDecay", value: 5e-4 } as const;

export const noiseBenchArms = [
  { name: "One-hot", changes: [] },
  { name: "Label smoothing", changes: [smoothing] },
  { name: "Weight decay", changes: [weightDecay] },
  { name: "Both", changes: [smoothing, weightDecay] },
] as const;
export const noiseShares = [0, 0.2, 0.4] as const;

/** @returns null where the shelf lacks the network */
export function noiseBenchRequest(
  dataset: DatasetSource,
  presetsOf: (network: string) => readonly Preset[] | undefined,
  seeds: readonly [number, ...number[]],
): ExperimentRequest | null {
  const compact = presetsOf(network)?.find(({ id }) => id === "compact");
  if (!compact) return null;
  return {
    configuration: {
      dataset,
      model: compact.model,
      resize: usualResize,
      training: { ...compact.training, ...memorising, smoothing: 0, weightDecay: 0, labelNoise: 0 },
      seed: seeds[0],
    },
    factors: [
      { setting: "labelNoise", values: [...noiseShares], isBlocked: false },
      { arms: noiseBenchArms.map(({ name, changes }) => ({ name, changes: [...changes] })), isBlocked: true },
    ],
    seeds: [...seeds],
  };
}
