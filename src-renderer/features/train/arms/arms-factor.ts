/** What arms with names become: a factor of the experiment, or what is wrong with which field. Pure. */
import type { RunConfiguration } from "../../../../src-main/contract/configuration.ts";
import type { Change } from "../../../../src-main/contract/experiment.ts";
import { configurationWith, outOfStep } from "../../../../src-main/domain/experiments/experiment-plan.ts";
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import { settingOf, settings } from "../../../../src-main/domain/settings/settings.ts";
import {
  changeProblem,
  type FieldProblem,
  isMadeBy,
  levelValue,
  offeredSettings,
  valueOfTyped,
} from "../experiment/typed-value.ts";
import type { ArmDraft } from "./arm-drafts.ts";
import { armTexts } from "./arm-texts.ts";

/** Of an arm by its place: its name, or one of its changes by its place. */
export type ArmField = `named${number}` | `named${number}.${number}`;

export interface ArmsOutcome {
  readonly factor: {
    readonly arms: readonly { readonly name: string; readonly changes: readonly Change[] }[];
    readonly isBlocked: boolean;
  };
  readonly problems: readonly FieldProblem<ArmField>[];
}

/** Settings that some arm changes. */
export function settingsOfArms(arms: readonly ArmDraft[]): readonly string[] {
  return [...new Set(arms.flatMap(({ changes }) => changes.map(({ setting }) => setting)))];
}

/** What keeps the arms from advancing in step, since it makes their batches or their networks. */
export function settingsOutOfStep(arms: readonly ArmDraft[]): readonly Setting[] {
  return outOfStep(settingsOfArms(arms));
}

/** @param configuration the base; null while the page's own settings need a look */
export function armsOutcome(
  arms: readonly ArmDraft[],
  configuration: RunConfiguration | null,
  all: readonly Setting[] = settings,
): ArmsOutcome {
  const planned = arms.map(({ name, changes }) => ({
    name: name.trim(),
    changes: changes.map(({ setting: id, typed }): Change => {
      const setting = settingOf(id, all);
      return { setting: id, value: setting && levelValue(setting, valueOfTyped(setting, typed)) };
    }),
  }));
  const problems = planned.flatMap((arm, place) => [
    ...nameProblems(planned, place),
    ...changeProblems(arm.changes, place, configuration, all),
  ]);
  const isFine = problems.every(({ isUnfilled }) => isUnfilled);
  return {
    factor: { arms: planned, isBlocked: settingsOutOfStep(arms).length === 0 },
    problems: isFine && configuration !== null ? [...problems, ...sameProblems(planned, configuration)] : problems,
  };
}

type Planned = ArmsOutcome["factor"]["arms"];

function nameProblems(arms: Planned, place: number): readonly FieldProblem<ArmField>[] {
  const { name } = arms[place]!;
  const field = `named${place}` as const;
  if (name === "") return [{ field, text: armTexts.noName, isUnfilled: true }];
  const isTaken = arms.findIndex((other) => other.name === name) < place;
  return isTaken ? [{ field, text: armTexts.sameName }] : [];
}

function changeProblems(
  changes: readonly Change[],
  place: number,
  configuration: RunConfiguration | null,
  all: readonly Setting[],
): readonly FieldProblem<ArmField>[] {
  const offered = offeredSettings(all);
  return changes.flatMap((change, at) => {
    const field = `named${place}.${at}` as const;
    const setting = offered.find(({ id }) => id === change.setting);
    if (setting === undefined) return [{ field, text: armTexts.notChanged(change.setting) }];
    if (changes.findIndex((other) => other.setting === change.setting) < at)
      return [{ field, text: armTexts.changedTwice }];
    if (configuration === null) return [];
    const others = changes.filter((other) => other !== change);
    if (!isMadeBy(configuration, changes, setting)) return [{ field, text: armTexts.meaningless }];
    const text = changeProblem(configuration, [...others, change], all);
    return text === null ? [] : [{ field, text }];
  });
}

/** Two arms must differ, or there is nothing to compare. */
function sameProblems(arms: Planned, configuration: RunConfiguration): readonly FieldProblem<ArmField>[] {
  const made = arms.map(({ changes }) => JSON.stringify(configurationWith(configuration, changes)));
  return arms.flatMap((_, place) => {
    const first = made.indexOf(made[place]!);
    if (first === place) return [];
    // A change begins with the value that the page has, and is about to be typed over.
    return [{ field: `named${place}` as const, text: armTexts.sameArm(first), isUnfilled: true as const }];
  });
}
