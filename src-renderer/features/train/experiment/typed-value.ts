/** What is typed for a setting, as the configuration and an experiment's factors have it. Pure. */
import { type RunConfiguration, runConfiguration } from "../../../../src-main/contract/configuration.ts";
import type { Change } from "../../../../src-main/contract/experiment.ts";
import { configurationWith } from "../../../../src-main/domain/experiments/experiment-plan.ts";
import { noiseMatrixProblem } from "../../../../src-main/domain/pictures/noise-rows.ts";
import { type Setting, valueAt } from "../../../../src-main/domain/settings/setting.ts";
import { settingOf, settings, variedSettings } from "../../../../src-main/domain/settings/settings.ts";
import { numberProblem, sentenceOf } from "../../../lib/numbers.ts";
import { numberOf, shareOf } from "../../../lib/typed-numbers.ts";
import { noiseMatrixTexts } from "./noise-matrix-texts.ts";

/** What is wrong with one field of the page. */
export interface FieldProblem<Field extends string> {
  readonly field: Field;
  readonly text: string;
  /** Nothing stands there yet: wrong only once a start was asked for. */
  readonly isUnfilled?: true;
}

export function isPercent(setting: Setting | undefined): boolean {
  return setting?.value.kind === "number" && setting.value.scale === "percent";
}

/** What was typed, as the configuration has it. */
export function valueOfTyped(setting: Setting, typed: string | boolean | undefined): unknown {
  const { value: type } = setting;
  const text = String(typed ?? "");
  if (type.kind === "yes-or-no") return typed === true;
  if (type.kind === "option") return type.isNumeric ? Number(text) : text;
  if (type.kind === "text" && type.empty !== undefined && text.trim() === "") return null;
  if (type.kind !== "number") return text;
  if (type.empty !== undefined && text.trim() === "") return null;
  return isPercent(setting) ? shareOf(text) : numberOf(text);
}

/** The value as a factor changes it: of a setting of several parts the whole, with the usual numbers. */
export function levelValue({ valueKey }: Setting, value: unknown): unknown {
  return valueKey === undefined || value === null || value === undefined ? value : { [valueKey]: value };
}

/** What a factor can be over on the page, settings of the network and of its input last; a schedule's numbers have no field of their own there. */
export function offeredSettings(all: readonly Setting[] = settings): readonly Setting[] {
  const offered = variedSettings(all).filter(({ id }) => id !== "schedule");
  const isOfNetwork = ({ path }: Setting) => !path.startsWith("training.");
  return [...offered.filter((setting) => !isOfNetwork(setting)), ...offered.filter(isOfNetwork)];
}

/** What is wrong with the last of these changes, in the words that its own field has for it; null where it can be made. */
export function changeProblem(
  configuration: RunConfiguration,
  changes: readonly [...Change[], Change],
  all: readonly Setting[] = settings,
): string | null {
  const { data, error } = runConfiguration.safeParse(configurationWith(configuration, changes, all));
  const setting = settingOf(changes.at(-1)!.setting, all);
  const isOfSetting = ({ path }: { readonly path: readonly PropertyKey[] }): boolean =>
    setting !== undefined && `${path.map(String).join(".")}.`.startsWith(`${setting.path}.`);
  // The configuration itself is fine: what is wrong with one change alone is that change's, wherever it shows.
  const issue = error?.issues.find(isOfSetting) ?? (changes.length === 1 ? error?.issues[0] : undefined);
  if (issue !== undefined) return numberProblem(issue, isPercent(setting) ? 100 : 1);
  const noise = data && setting?.id === "labelNoiseKind" ? noiseMatrixProblem(data.training, null) : null;
  return noise && `${sentenceOf(noise)} ${noiseMatrixTexts.where}`;
}

/** Whether the configuration has the setting once these changes are made: Adam has no momentum. */
export function isMadeBy(configuration: RunConfiguration, changes: readonly Change[], { path }: Setting): boolean {
  const { data } = runConfiguration.safeParse(configurationWith(configuration, changes));
  return data === undefined || valueAt(data, path) !== undefined;
}
