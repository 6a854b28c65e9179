/** Words for the arms of a comparison. */
import { armLetter } from "../../../../src-main/domain/experiments/experiment-plan.ts";
import { lowerFirst, type Setting } from "../../../../src-main/domain/settings/setting.ts";

const arm = (place: number): string => `Arm ${armLetter(place)}`;

export const armTexts = {
  list: "Arms",
  arm,
  name: (place: number) => `${arm(place)}: name`,
  setting: (place: number, at: number) => `${arm(place)}: change ${at + 1}`,
  value: (place: number, setting: string) => `${arm(place)}: ${lowerFirst(setting)}`,
  removeChange: (place: number, setting: string) => `${arm(place)}: do not change ${lowerFirst(setting)}`,
  removeArm: (place: number) => `Remove arm ${armLetter(place)}`,
  addArm: "Add an arm",
  addChange: "Change a setting",
  addChangeTo: (place: number) => `${arm(place)}: change a setting`,
  unchanged: "With the page’s settings as they are.",
  noName: "Give the arm a name.",
  sameName: "Another arm has this name.",
  notChanged: (id: string) => `${id} cannot be changed here.`,
  changedTwice: "This arm changes the setting twice.",
  meaningless: "This arm’s optimiser has no such number.",
  sameArm: (first: number) => `The same as arm ${armLetter(first)}: nothing would differ.`,
  inStep:
    "Everything else is the same in all arms: pictures, split, first weights, order, augmentation. They advance in step.",
  /** @param settings that make batches or networks */
  outOfStep: (settings: readonly Setting[]) =>
    `Pictures, split and seeds are the same in all arms. They train one by one, since they differ in ${settings.map(({ title }) => lowerFirst(title)).join(", ")}.`,
} as const;
