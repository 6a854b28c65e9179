/** Words about a lesson of a teacher's own. */
import { counted } from "../../../lib/format.ts";
import type { LessonFileStep } from "./lesson-file.ts";

export const ownTexts = {
  over: "Lessons",
  title: "Your own lesson",
  about:
    "Steps in your order, each a lesson, a page or an experiment to start, with your text and question. Save it as a file, and open it on another machine: its tour follows your steps.",
  none: "No lesson of your own yet",
  noneAbout:
    "Make one from the lessons that are here, or open a file that somebody made. A file can be dropped here, too.",
  make: "Make a lesson",
  newTitle: "My lesson",
  open: "Open a lesson file…",
  save: "Save as a file…",
  close: "Close it",
  closed: (title: string) => `Closed: ${named(title)}.`,
  opened: (title: string) => `Opened: ${named(title)}.`,
  undo: "Undo",
  isSaved: "A file has all of this.",
  isNotSaved: "Not in a file yet: it stays while this window is open.",
  name: "Title",
  steps: "Steps",
  noSteps: "No steps yet: add one.",
  step: (place: number, title: string) => `${place + 1}. ${title}`,
  text: "Your text",
  textHint: (kind: LessonFileStep["shows"]["kind"]) =>
    ({
      lesson: "In place of the lesson’s claim, which is shown where this is empty.",
      page: "Shown before the page.",
      experiment: "Shown before the experiment.",
    })[kind],
  question: "Your question",
  questionHint: (kind: LessonFileStep["shows"]["kind"]) =>
    ({
      lesson: "In place of the lesson’s question, which is shown where this is empty.",
      page: "Asked after the page.",
      experiment: "Asked after the experiment.",
    })[kind],
  up: (place: number) => `Move step ${place + 1} up`,
  down: (place: number) => `Move step ${place + 1} down`,
  remove: (place: number) => `Remove step ${place + 1}`,
  removed: (title: string) => `Removed: ${title}.`,
  asTheyStand:
    "The step leaves the lesson’s settings as they stand. Open it, set them, and come back to take them over.",
  begins: (settings: string) => `The step begins with ${settings}.`,
  take: "Take its settings over",
  leave: "Leave them alone",
  add: "Add a step",
  addWhat: "What it shows",
  page: "Page",
  networks: "Networks",
  /** @param title of what it holds; null where that cannot be carried */
  experiment: (title: string | null) => `Experiment of the Train page${title === null ? "" : `: ${title}`}`,
  untitled: "An experiment",
  experimentTitle: "Title of the experiment",
  prepare: "Start it on my pictures…",
  prepareAbout: "Nothing starts by itself, and the pictures are those of whoever starts it.",
  noExperiment: (most: number) =>
    `The Train page holds no experiment that a lesson can carry: it must be ready to start, begin from random weights, and have at most ${counted(most, "run")}.`,
  toTrain: "Open the Train page",
  fullOf: (most: number) => `A lesson has at most ${counted(most, "step")}.`,
  present: "Present",
  edit: "Change it",
  inList: "Your own lesson",
  makeOrOpen: "Make a lesson of your own, or open one",
} as const;

function named(title: string): string {
  return title === "" ? "a lesson without a title" : title;
}

/** What a control is called in few words, where the name in the file is none of the field's. */
const controlNames: ReadonlyMap<string, string> = new Map([
  ["cost", "error against"],
  ["entry", "published"],
  ["split", "pictures"],
  ["kind", "kernel"],
  ["rank", "r"],
  ["epsilon", "ε"],
  ["classes", "K"],
  ["weightDecay", "λ"],
  ["features", "features a layer"],
  ["kernel", "n"],
]);

/** A value in few words, where the file has it otherwise. */
const valueNames: ReadonlyMap<unknown, string> = new Map([
  ["multiplyAdds", "multiply-adds"],
  ["together", "as entered"],
  ["alone", "one network"],
  ["own", "yours"],
  ["hand", "drawn by hand"],
]);

/** `ε 0.2, K 5`; without what is left open, and without a drawing’s numbers. */
export function settingsText(settings: unknown): string {
  return Object.entries(settings ?? {})
    .filter(([, value]) => value !== null && !Array.isArray(value))
    .map(([name, value]) => `${controlNames.get(name) ?? name} ${valueNames.get(value) ?? String(value)}`)
    .join(", ");
}
