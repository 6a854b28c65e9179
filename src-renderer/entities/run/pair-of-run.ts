/** A block of two arms that differ in a setting which the Train page can set up as a pair. */
import type { RunView } from "../../../src-main/contract/run.ts";
import { pairedSettings } from "../../../src-main/domain/settings/settings.ts";

export interface RunPair {
  readonly setting: string;
  readonly values: readonly [unknown, unknown];
}

/** Null for a run by itself, and for a block of another shape. */
export function pairOfRun({ experiment }: Pick<RunView, "experiment">): RunPair | null {
  const [factor, another] = experiment?.differs ?? [];
  if (factor === undefined || another !== undefined || !("setting" in factor)) return null;
  const [a, b, ...more] = factor.values;
  const isPaired = pairedSettings().some(({ id }) => id === factor.setting);
  return isPaired && a !== undefined && b !== undefined && more.length === 0
    ? { setting: factor.setting, values: [a, b] }
    : null;
}
