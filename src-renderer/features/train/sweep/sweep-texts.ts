/** Words for a sweep. */
import { lowerFirst } from "../../../../src-main/domain/settings/setting.ts";

export const sweepTexts = {
  add: "Vary a setting",
  remove: (setting: string) => `Do not vary ${lowerFirst(setting)}`,
  setting: (place: number) => `Setting ${place}`,
  values: (setting: string) => `Values of ${lowerFirst(setting)}`,
  placeholder: "0, 0.1",
  hint: "Every combination is trained with every seed, side by side where that is faster.",
  arms: "Arms at every point",
  armsHint: "Each combination is a comparison of its own, whose arms advance in step.",
  nothingVaries: "Vary a setting or the network.",
  noValues: "Give values, parted by commas.",
  wrongValue: (value: string) => `${value} is not a value of this setting.`,
  valueProblem: (value: string, problem: string) => `${value}: ${problem}`,
  repeated: "Give each value once.",
  notVaried: (id: string) => `${id} cannot be varied here.`,
  twice: "This setting is varied twice.",
} as const;
