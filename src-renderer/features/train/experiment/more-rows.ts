/** Which of the further settings apply to a draft, in the order in which they are shown behind the optimiser's. Pure. */
import type { Draft, OptimizerKind, OptimizerNumber } from "./draft.ts";
import type { DraftField } from "./draft-outcome.ts";

/** Fields of the draft that are typed numbers. */
export type NumberField = {
  [Name in keyof Draft]: Draft[Name] extends string ? Name : never;
}[keyof Draft];

export interface MoreRow<
  Field extends NumberField = Exclude<NumberField, "modelId" | "differs" | "optimizer" | "schedule">,
> {
  readonly field: Field;
  readonly label: string;
  readonly unit?: string;
  readonly sign?: string;
  readonly hint?: string;
  readonly placeholder?: string;
}

type OptimizerRow = MoreRow<OptimizerNumber>;
const momentum: OptimizerRow = { field: "momentum", label: "Momentum" };
const epsilon: OptimizerRow = { field: "epsilon", label: "Optimiser’s ε" };
const underRoot: OptimizerRow = { ...epsilon, hint: "Added to the mean square, under the root." };
const besideRoot: OptimizerRow = { ...epsilon, hint: "Added to the root of the mean square." };
/** The numbers of each optimiser. */
export const optimizerRows: Readonly<Record<OptimizerKind, readonly OptimizerRow[]>> = {
  sgd: [momentum],
  rmsprop: [{ field: "decay", label: "Decay of squares" }, momentum, underRoot],
  adam: [{ field: "beta1", label: "β₁" }, { field: "beta2", label: "β₂" }, besideRoot],
};

const every: MoreRow = { field: "everyEpochs", label: "Rate falls every", unit: "epochs" };
const factor: MoreRow = { field: "factor", label: "to this share of itself" };
const ofSchedule: Readonly<Record<Draft["schedule"], readonly MoreRow[]>> = {
  constant: [],
  step: [every, factor],
  exponential: [every, factor],
  plateau: [{ field: "patienceEpochs", label: "Falls without gain for", unit: "epochs" }, factor],
  cosine: [{ field: "warmupPercent", label: "Rising part of the cycle", unit: "%" }],
};

const decay: MoreRow = { field: "weightDecay", label: "Weight decay", sign: "λ" };
const stopEarly: MoreRow = { field: "earlyStoppingEpochs", label: "Stop early without gain for" };
const leastGain: MoreRow = { field: "leastGain", label: "A gain is more than", unit: "nats" };
const always: readonly MoreRow[] = [
  { field: "clipNorm", label: "Clip gradient at", placeholder: "not clipped" },
  { field: "averageDecay", label: "Average of weights, decay", placeholder: "no average" },
  { field: "dropout", label: "Dropout", placeholder: "network’s own" },
  { field: "auxiliaryWeight", label: "Auxiliary heads’ weight", placeholder: "network’s own" },
  { field: "cropPaddingPixels", label: "Random crop, padding", unit: "px" },
  { field: "seed", label: "Seed" },
];

export function moreRows(draft: Draft): readonly MoreRow[] {
  return [
    ...ofSchedule[draft.schedule],
    ...(draft.differs === "weightDecay" ? [] : [decay]),
    ...(draft.earlyStoppingEpochs.trim() === ""
      ? [{ ...stopEarly, placeholder: "trains all" }]
      : [{ ...stopEarly, unit: "epochs" }, leastGain]),
    ...always,
  ];
}

export const armPlaces = [
  { place: 0, arm: "A" },
  { place: 1, arm: "B" },
] as const;

/** The numbers of the optimiser, or of both arms' where they differ in it, by the names that problems have. */
export function optimizerFields(draft: Draft): readonly DraftField[] {
  if (draft.differs !== "optimizer") return optimizerRows[draft.optimizer].map(({ field }) => field);
  return armPlaces.flatMap(({ place, arm }) =>
    optimizerRows[draft.arms.optimizer[place].optimizer].map(({ field }) => `arm${arm}.${field}` as const),
  );
}
