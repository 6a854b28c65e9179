/** Test fixtures: the requests that experiments are asked for by. */
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import type { ExperimentRequest, Factor } from "../../src-main/contract/experiment.ts";
import { plannedBlocks, singleRun } from "../../src-main/domain/experiments/experiment-plan.ts";

/** What two arms differ in. */
export type Pair = Omit<Extract<Factor, { readonly setting: string }>, "isBlocked">;

/** A run by itself, or a pair. */
export function experimentOf(configuration: RunConfiguration, pair: Pair | null = null): ExperimentRequest {
  return { ...singleRun(configuration), factors: pair === null ? [] : [{ ...pair, isBlocked: true }] };
}

export function pairOf({ factors: [factor] }: ExperimentRequest): Pair | null {
  if (factor === undefined || !("setting" in factor)) return null;
  return { setting: factor.setting, values: factor.values };
}

/** Of the request's first block. */
export function armsOf(request: ExperimentRequest): readonly [RunConfiguration, ...RunConfiguration[]] {
  const [first, ...others] = plannedBlocks(request)[0]!.map(({ configuration }) => configuration);
  return [first!, ...others];
}

/** A grid of runs that are a block each. */
export function gridOf(
  configuration: RunConfiguration,
  vary: readonly Pair[],
  seeds: readonly number[] = [1],
): ExperimentRequest {
  return { configuration, factors: vary.map((factor) => ({ ...factor, isBlocked: false })), seeds: [...seeds] };
}
