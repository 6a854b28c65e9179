/** Which settings have a field in which part of the page, as the draft stands. Pure. */
import type { Setting } from "../../../../src-main/domain/settings/setting.ts";
import { settings } from "../../../../src-main/domain/settings/settings.ts";
import {
  type Draft,
  type FieldSetting,
  fieldSettings,
  isInUse,
  type OptimizerKind,
  pairSetting,
  typedValues,
} from "./draft.ts";
import type { DraftField } from "./draft-outcome.ts";

/** The fields of this place that mean something beside what else is typed; an optimiser's numbers, and what differs between the arms, stand elsewhere. */
export function fieldRows(
  place: NonNullable<Setting["place"]>,
  draft: Draft,
  all: readonly Setting[] = settings,
): readonly FieldSetting[] {
  return fieldSettings(all).filter(
    (setting) =>
      setting.place === place &&
      setting.id !== pairSetting(draft) &&
      setting.of?.id !== "optimizer" &&
      isInUse(setting, typedValues(draft)),
  );
}

/** The numbers of an optimiser of this kind. */
export function optimizerRows(kind: OptimizerKind): readonly FieldSetting[] {
  return fieldSettings().filter(({ of }) => of?.id === "optimizer" && of.kinds?.includes(kind));
}

export const armPlaces = [
  { place: 0, arm: "A" },
  { place: 1, arm: "B" },
] as const;

/** The numbers of the optimiser, or of both arms' where they differ in it, by the names that problems have. */
export function optimizerFields(draft: Draft): readonly DraftField[] {
  if (pairSetting(draft) !== "optimizer") return optimizerRows(draft.optimizer).map(({ id }) => id);
  return armPlaces.flatMap(({ place, arm }) =>
    optimizerRows(draft.arms.optimizer[place].optimizer).map(({ id }) => `arm${arm}.${id}` as const),
  );
}
