/** Which of the further settings apply to a draft, in the order in which they are shown. Pure. */
import type { Draft } from "../../state/draft.ts";

/** Fields of the draft that are typed numbers. */
export type NumberField = {
  [Name in keyof Draft]: Draft[Name] extends string ? Name : never;
}[keyof Draft];

export interface MoreRow {
  readonly field: Exclude<NumberField, "modelId" | "differs" | "optimizer" | "schedule">;
  readonly label: string;
  readonly unit?: string;
  readonly sign?: string;
  readonly hint?: string;
  readonly placeholder?: string;
}

const momentum: MoreRow = { field: "momentum", label: "Momentum" };
const epsilon: MoreRow = { field: "epsilon", label: "Optimiser’s ε" };
const ofOptimizer: Readonly<Record<Draft["optimizer"], readonly MoreRow[]>> = {
  sgd: [momentum],
  rmsprop: [{ field: "decay", label: "Decay of squares" }, momentum, epsilon],
  adam: [{ field: "beta1", label: "β₁" }, { field: "beta2", label: "β₂" }, epsilon],
};

const every: MoreRow = { field: "everyEpochs", label: "Rate falls every", unit: "epochs" };
const factor: MoreRow = { field: "factor", label: "to this share of itself" };
const ofSchedule: Readonly<Record<Draft["schedule"], readonly MoreRow[]>> = {
  constant: [],
  step: [every, factor],
  exponential: [every, factor],
  plateau: [{ field: "patienceEpochs", label: "Falls after", unit: "epochs without gain" }, factor],
  cosine: [{ field: "warmupPercent", label: "Rising part of the cycle", unit: "%" }],
};

const decay: MoreRow = { field: "weightDecay", label: "Weight decay", sign: "λ" };
const always: readonly MoreRow[] = [
  { field: "earlyStoppingEpochs", label: "Stop early after", unit: "epochs without gain", placeholder: "trains all" },
  { field: "clipNorm", label: "Clip gradient at", placeholder: "not clipped" },
  { field: "averageDecay", label: "Average of weights, decay", placeholder: "no average" },
  { field: "dropout", label: "Dropout", placeholder: "network’s own" },
  { field: "auxiliaryWeight", label: "Auxiliary heads’ weight", placeholder: "network’s own" },
  { field: "cropPaddingPixels", label: "Random crop, padding", unit: "px" },
  { field: "seed", label: "Seed" },
];

export function moreRows(draft: Draft): readonly MoreRow[] {
  return [
    ...ofOptimizer[draft.optimizer],
    ...ofSchedule[draft.schedule],
    ...(draft.differs === "weightDecay" ? [] : [decay]),
    ...always,
  ];
}
