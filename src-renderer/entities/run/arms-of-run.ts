/** A block of several arms, as the Train page can set it up with arms of names. */
import { type RunConfiguration, runConfiguration } from "../../../src-main/contract/configuration.ts";
import type { Change, Level } from "../../../src-main/contract/experiment.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import {
  armLetter,
  configurationWith,
  levelsOf,
  settingValueOf,
} from "../../../src-main/domain/experiments/experiment-plan.ts";
import { levelsInWords } from "../../../src-main/domain/experiments/row-words.ts";
import { settingOf } from "../../../src-main/domain/settings/settings.ts";
import { pairOfRun } from "./pair-of-run.ts";

/** As many as have a colour and a place on one page. */
export const mostArms = 6;

export interface BlockArm {
  readonly name: string;
  readonly changes: readonly Change[];
}

/** In their order; null for a run by itself, for a pair, and for a block that the page has no fields for. */
export function armsOfRun(run: Pick<RunView, "experiment">): readonly BlockArm[] | null {
  const factors = run.experiment?.differs ?? [];
  if (factors.length === 0 || pairOfRun(run) !== null) return null;
  const points = factors.reduce<readonly (readonly Level[])[]>(
    (before, factor) => before.flatMap((point) => levelsOf(factor).map((level) => [...point, level])),
    [[]],
  );
  const arms = points.map((levels): BlockArm => {
    const changes = levels.flatMap((level) => level.changes);
    return { name: levelsInWords(levels), changes };
  });
  const isTypable = arms.length <= mostArms && arms.every(({ changes }) => changes.every(hasField));
  return isTypable ? withOwnNames(arms) : null;
}

/** Values of several parts, such as an optimiser with its numbers, are more than one field says. */
function hasField({ setting: id, value }: Change): boolean {
  const setting = settingOf(id);
  if (setting === undefined || setting.value.kind === "own" || id === "schedule") return false;
  if (typeof value !== "object" || value === null) return true;
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === setting.valueKey;
}

/**
 * What its arms change, by a run of the block: settings have the base's values again, as an arm has them that leaves them as they are. Where every arm changes
 * a setting, what the base has is of no account.
 * @param job the block's runs that are still on record
 */
export function baseOfBlock(run: RunView, arms: readonly BlockArm[], job: readonly RunView[]): RunConfiguration {
  const changed = [...new Set(arms.flatMap(({ changes }) => changes.map(({ setting }) => setting)))];
  const asBase = changed.flatMap((setting): readonly Change[] => {
    const unchanged = job.find(({ experiment }) => {
      const arm = experiment?.arm == null ? undefined : arms[experiment.arm];
      return arm?.changes.every((change) => change.setting !== setting);
    });
    return unchanged ? [{ setting, value: settingValueOf(unchanged.configuration, setting) }] : [];
  });
  return runConfiguration.parse(configurationWith(run.configuration, asBase));
}

function withOwnNames(arms: readonly BlockArm[]): readonly BlockArm[] {
  const isOwn = new Set(arms.map(({ name }) => name)).size === arms.length;
  return isOwn ? arms : arms.map((arm, place) => ({ ...arm, name: `Arm ${armLetter(place)}` }));
}
