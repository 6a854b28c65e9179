/** Successive halving as it is typed. Pure. */
import { experimentRequest, type Halving } from "../../../../src-main/contract/experiment.ts";
import { numberProblem } from "../../../lib/numbers.ts";
import { numberOf } from "../../../lib/typed-numbers.ts";
import type { FieldProblem } from "../experiment/typed-value.ts";
import type { SweepDraft } from "./sweep-draft.ts";
import { sweepTexts } from "./sweep-texts.ts";

export type HalvingField = "isHalved" | "leastEpochs" | "eta" | "metric";

/** By the names that the request has for them. */
const fields: Readonly<Record<keyof Halving, HalvingField>> = {
  leastEpochs: "leastEpochs",
  factor: "eta",
  metric: "metric",
};

export interface HalvingPart {
  /** Undefined where nothing is stopped early, or something is wrong. */
  readonly halving: Halving | undefined;
  readonly problems: readonly FieldProblem<HalvingField>[];
}

/**
 * @param epochs of each run; null while the page's own settings need a look
 * @param blocks what is compared: points with seeds
 */
export function halvingPart(
  { isHalved, leastEpochs, eta, metric }: SweepDraft,
  epochs: number | null,
  blocks: number,
): HalvingPart {
  if (!isHalved) return { halving: undefined, problems: [] };
  const { data, error } = experimentRequest.shape.halving.safeParse({
    ...{ leastEpochs: numberOf(leastEpochs), factor: numberOf(eta) },
    ...(metric !== "" && { metric }),
  });
  const problems = (error?.issues ?? []).map((issue): FieldProblem<HalvingField> => {
    // The schema has these names and no other.
    const field = fields[issue.path[0] as keyof Halving];
    return { field, text: numberProblem(issue) };
  });
  if (data && epochs !== null && data.leastEpochs >= epochs)
    problems.push({ field: "leastEpochs", text: sweepTexts.tooLate(epochs) });
  if (blocks < 2) problems.push({ field: "isHalved", text: sweepTexts.nothingToRank, isUnfilled: true });
  return { halving: problems.length === 0 ? data : undefined, problems };
}
