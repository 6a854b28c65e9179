/**
 * The steps from Inception-v2 to Inception-v3 as the paper prints them (Szegedy et al. 2015, Rethinking the Inception Architecture, Table 3: one look at each
 * picture of ILSVRC 2012's validation set), and the same steps as an experiment of named arms on a person's pictures. Each step keeps those before it.
 */
import type { Preset, RunConfiguration } from "../../contract/configuration.ts";
import type { DatasetSource } from "../../contract/dataset.ts";
import type { Change, ExperimentRequest } from "../../contract/experiment.ts";
import { usualResize } from "../../contract/resize.ts";
import type { LessonFigure } from "./figure.ts";

export interface Rung {
  /** What it adds; the arm's name. */
  readonly name: string;
  /** In the model registry: what stands for it here. */
  readonly network: string;
  readonly top1: LessonFigure;
  /** Null where the paper prints none. */
  readonly top5: LessonFigure | null;
  /** Billions of multiply-adds. */
  readonly multiplyAdds: LessonFigure;
}

const origin = {
  kind: "cited",
  source: "Szegedy et al. 2015, Rethinking the Inception Architecture, Table 3",
} as const;

function rung(name: string, network: string, top1: number, top5: number | null, billions: number): Rung {
  return {
    ...{ name, network },
    top1: { name: `${name}, top-1 error`, value: top1, unit: "%", origin },
    top5: top5 === null ? null : { name: `${name}, top-5 error`, value: top5, unit: "%", origin },
    multiplyAdds: { name: `${name}, multiply-adds`, value: billions, unit: "billion", origin },
  };
}

const sevenFirst = "inception-v2-7x7";
const withPlainHead = "inception-v2";
const withNormalisedHead = "inception-v3-paper";

export const ladder: readonly Rung[] = [
  rung("Inception-v2", sevenFirst, 23.4, null, 3.8),
  rung("+ RMSProp", sevenFirst, 23.1, 6.3, 3.8),
  rung("+ label smoothing", sevenFirst, 22.8, 6.1, 3.8),
  rung("+ factorised 7×7", withPlainHead, 21.6, 5.8, 4.8),
  rung("+ BN-auxiliary", withNormalisedHead, 21.2, 5.6, 4.8),
];

/** The presets of a network, of which the ladder takes two. */
type PresetsOf = (network: string) => readonly Preset[] | undefined;

/**
 * Size, epochs, batch, schedule and the rest are the compact preset's of the first rung, the same for all arms. Optimisers, their rate and the smoothing are
 * those of the paper's presets: momentum first, then RMSProp. Momentum at that rate learns at this size: 0.449 top-1 after eight epochs on the test
 * pictures of a ten-class sample of CIFAR-10, seed 1. In runs of two epochs RMSProp with ε = 1 came to the same as momentum (0.152 and 0.151).
 * @returns null where the shelf lacks one of these
 */
export function ladderRequest(
  dataset: DatasetSource,
  presetsOf: PresetsOf,
  seeds: readonly [number, ...number[]],
): ExperimentRequest | null {
  const preset = (network: string, id: string) => presetsOf(network)?.find((one) => one.id === id);
  const compact = preset(sevenFirst, "compact");
  const [before, after] = [preset(sevenFirst, "paper"), preset(withNormalisedHead, "paper")];
  if (!compact || !before || !after) return null;
  const { optimizer, learningRate } = before.training;
  const configuration: RunConfiguration = {
    dataset,
    model: compact.model,
    resize: usualResize,
    training: { ...compact.training, optimizer, learningRate, smoothing: 0 },
    seed: seeds[0],
  };
  const steps: readonly Change[] = [
    { setting: "optimizer", value: after.training.optimizer },
    { setting: "smoothing", value: after.training.smoothing },
    { setting: "model", value: withPlainHead },
    { setting: "model", value: withNormalisedHead },
  ];
  const arms = ladder.map(({ name }, index) => ({ name, changes: changesUpTo(steps.slice(0, index)) }));
  return { configuration, factors: [{ arms, isBlocked: false }], seeds: [...seeds] };
}

type ArmChange = Extract<
  ExperimentRequest["factors"][number],
  { readonly arms: unknown }
>["arms"][number]["changes"][number];

/** The last of each setting. */
function changesUpTo(steps: readonly Change[]): ArmChange[] {
  // Values of presets are JSON.
  return [
    ...new Map(steps.map(({ setting, value }) => [setting, { setting, value: value as ArmChange["value"] }])).values(),
  ];
}

/** Whether the experiment is a ladder: it has an arm of each rung's name. */
export function isLadder({ factors }: Pick<ExperimentRequest, "factors">): boolean {
  return factors.some(
    (factor) => "arms" in factor && ladder.every(({ name }) => factor.arms.some((arm) => arm.name === name)),
  );
}
