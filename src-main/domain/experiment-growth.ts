/** An experiment that grows on record: the request that it becomes, and the blocks that are new in it. What was asked for before keeps its place and its number. */
import { StrataError } from "../contract/errors.ts";
import type { ExperimentRequest, Factor } from "../contract/experiment.ts";
import type { ExperimentGrowth } from "../contract/experiment-growth.ts";
import { type PlannedBlock, planning } from "./experiment-plan.ts";
import type { InPieces } from "./in-pieces.ts";
import { lowerFirst } from "./settings/setting.ts";
import { settingTitle } from "./settings/settings.ts";

export interface GrownPlan {
  readonly request: ExperimentRequest;
  /** Those that the experiment did not have, in the order of the plan. */
  readonly added: readonly PlannedBlock[];
}

/**
 * Throws what `plannedBlocks` does, `experiment.not-varied` for levels of what it does not vary, `experiment.fixed-arms` for those of what advances in step, and
 * `experiment.nothing-new`.
 * @param resolve finds what networks bring that are new in it, and leaves what was found before
 */
export function* grownPlan(
  before: ExperimentRequest,
  growth: ExperimentGrowth,
  resolve: (request: ExperimentRequest) => ExperimentRequest,
): InPieces<GrownPlan> {
  const request = resolve(grownRequest(before, growth));
  const known = new Set<string>();
  for (const block of yield* planning(before)) {
    known.add(blockText(block));
    yield;
  }
  const added: PlannedBlock[] = [];
  for (const block of yield* planning(request)) {
    if (!known.has(blockText(block))) added.push(block);
    yield;
  }
  if (added.length === 0) throw new StrataError("experiment.nothing-new", {});
  return { request, added };
}

function grownRequest(before: ExperimentRequest, growth: ExperimentGrowth): ExperimentRequest {
  const { factors, seeds } = before;
  for (const { setting } of growth.levels) refuseToGrow(setting, factors);
  return {
    ...before,
    factors: factors.map((factor) => ("setting" in factor ? withLevels(factor, growth) : factor)),
    seeds: [...new Set([...seeds, ...growth.seeds])],
  };
}

function withLevels(factor: Extract<Factor, { readonly setting: string }>, { levels }: ExperimentGrowth): Factor {
  const added = levels.filter(({ setting }) => setting === factor.setting).flatMap(({ values }) => values);
  const byText = new Map([...factor.values, ...added].map((value) => [JSON.stringify(value), value]));
  return { ...factor, values: [...byText.values()] };
}

/** Arms that advance in step began together: one that comes later has no step to share. */
function refuseToGrow(setting: string, factors: readonly Factor[]): void {
  const factor = factors.find((one) => "setting" in one && one.setting === setting);
  const title = lowerFirst(settingTitle(setting));
  if (factor === undefined) throw new StrataError("experiment.not-varied", { setting: title });
  if (factor.isBlocked) throw new StrataError("experiment.fixed-arms", { setting: title });
}

function blockText(block: PlannedBlock): string {
  return JSON.stringify(block.map(({ configuration }) => configuration));
}
