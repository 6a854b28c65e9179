/** The values that an arm's changes begin with. Pure. */
import { networkSetting } from "../../../../src-main/contract/experiment.ts";
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import type { TypedValues } from "../experiment/draft.ts";

/** As the page has it, so that a person sees what they change; a switch, which has but one other value, is turned. */
export function firstTyped(setting: Setting, typed: TypedValues, modelId: string): string | boolean {
  if (setting.id === networkSetting) return modelId;
  const own = typed[setting.id];
  if (setting.value.kind === "yes-or-no") return own !== true;
  return String(own ?? setting.initial ?? "");
}
