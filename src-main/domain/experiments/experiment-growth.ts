/** An experiment that grows on record: the request that it becomes, and the blocks that are new in it. What was asked for before keeps its place and its number. */
import { StrataError } from "../../contract/errors.ts";
import type { ExperimentRequest, Factor } from "../../contract/experiment.ts";
import type { ExperimentGrowth } from "../../contract/experiment-growth.ts";
import type { InPieces } from "../in-pieces.ts";
import { lowerFirst } from "../settings/setting.ts";
import { settingTitle } from "../settings/settings.ts";
import { type PlannedBlock, planning } from "./experiment-plan.ts";

/**
 * Those that the experiment did not have, in the order of the plan. Throws what `plannedBlocks` does, and `experiment.nothing-new`.
 * @param grown with what its networks bring
 */
export function* addedBlocks(before: ExperimentRequest, grown: ExperimentRequest): InPieces<readonly PlannedBlock[]> {
  const known = new Set<string>();
  for (const block of yield* planning(before)) {
    known.add(blockText(block));
    yield;
  }
  const added: PlannedBlock[] = [];
  for (const block of yield* planning(grown)) {
    if (!known.has(blockText(block))) added.push(block);
    yield;
  }
  if (added.length === 0) throw new StrataError("experiment.nothing-new", {});
  return added;
}

/** Throws `experiment.not-varied` for levels of what it does not vary, and `experiment.fixed-arms` for those of what advances in step. */
export function grownRequest(before: ExperimentRequest, growth: ExperimentGrowth): ExperimentRequest {
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
