/** The screens of a tour, one thing each, and how keys lead through them. Pure. */
import type { PreparedExperiment } from "../../../../src-main/domain/lessons/prepared-experiment.ts";
import type { Route } from "../../../lib/route.ts";
import type { LessonEntry } from "../lessons.ts";

/** A lesson, a page of the app or a prepared experiment, with what a teacher has to say of it. */
export interface TourStep {
  readonly shows:
    | { readonly kind: "lesson"; readonly lesson: LessonEntry; readonly settings: unknown }
    | { readonly kind: "page"; readonly route: Route; readonly title: string }
    | { readonly kind: "experiment"; readonly experiment: PreparedExperiment; readonly title: string };
  /** The teacher's own, in place of the lesson's claim and question; empty for those. */
  readonly text: string;
  readonly question: string;
}

/** One thing that is shown. */
export type Screen = {
  /** Place of its step in the tour. */
  readonly step: number;
  /** What it is part of. */
  readonly title: string;
} & (
  | { readonly kind: "claim" | "think"; readonly words: string }
  | { readonly kind: "figure"; readonly lesson: LessonEntry; readonly sheet: string }
  | { readonly kind: "try"; readonly lesson: LessonEntry; readonly words: string }
  | { readonly kind: "page"; readonly route: Route }
  | { readonly kind: "experiment"; readonly experiment: PreparedExperiment }
);

/** Claim, each sheet, question, what to try; of a page or an experiment what the teacher says, the page, and the teacher's question. */
export function screensOf(tour: readonly TourStep[]): readonly Screen[] {
  return tour.flatMap(({ shows, text, question }, step): Screen[] => {
    if (shows.kind !== "lesson") {
      const { title } = shows;
      return [
        ...(text === "" ? [] : [{ step, title, kind: "claim", words: text } as const]),
        { step, ...shows },
        ...(question === "" ? [] : [{ step, title, kind: "think", words: question } as const]),
      ];
    }
    const { lesson } = shows;
    const { title } = lesson;
    return [
      { step, title, kind: "claim", words: text || lesson.claim },
      ...lesson.sheets.map((sheet) => ({ step, title, kind: "figure", lesson, sheet }) as const),
      { step, title, kind: "think", words: question || lesson.toThinkAbout },
      { step, title, kind: "try", lesson, words: lesson.toTry },
    ];
  });
}

/** Every lesson in its order, as it stands. */
export function tourOf(lessons: readonly LessonEntry[]): readonly TourStep[] {
  return lessons.map((lesson) => ({
    ...{ shows: { kind: "lesson", lesson, settings: null } as const, text: "", question: "" },
  }));
}

/**
 * What the keyboard is used for where a key is pressed: `free` for nothing else, `moving` in what has a use for arrows, Home and End (a slider), `typing` in
 * what takes letters, too, `elsewhere` in a dialog.
 */
export type KeyboardUse = "free" | "moving" | "typing" | "elsewhere";
export type PresentDeed =
  | { readonly kind: "go"; readonly screen: number }
  | { readonly kind: "leave" | "pen" | "clear" | "notes" | "fullScreen" };

const deedKeys: ReadonlyMap<string, Exclude<PresentDeed["kind"], "go">> = new Map([
  ["Escape", "leave"],
  ["p", "pen"],
  ["c", "clear"],
  ["n", "notes"],
  ["f", "fullScreen"],
]);
type Move = (at: number, screens: number) => number;
const onward: Move = (at) => at + 1;
const back: Move = (at) => at - 1;
/** A presenter's remote sends Page Up and Page Down, so they lead on wherever one stands. */
const pageKeys: ReadonlyMap<string, Move> = new Map([
  ["PageDown", onward],
  ["PageUp", back],
]);
const moveKeys: ReadonlyMap<string, Move> = new Map([
  ["ArrowRight", onward],
  ["ArrowLeft", back],
  ["Home", () => 0],
  ["End", (_, screens) => screens - 1],
]);

/** What a key does at a screen; null where it is none of the presentation's. */
export function deedOfKey(key: string, use: KeyboardUse, at: number, screens: number): PresentDeed | null {
  if (use === "elsewhere") return null;
  const move = pageKeys.get(key) ?? (use === "free" ? moveKeys.get(key) : undefined);
  if (move) return { kind: "go", screen: heldIn(move(at, screens), screens) };
  const deed = deedKeys.get(key.length === 1 ? key.toLowerCase() : key);
  return deed === undefined || (use === "typing" && key !== "Escape") ? null : { kind: deed };
}

/** The nearest screen that there is. */
export function heldIn(screen: number, screens: number): number {
  return Math.min(Math.max(0, screen), screens - 1);
}
