/** A teacher's lesson as the presentation takes it. */
import { findLesson } from "../lessons.ts";
import type { TourStep } from "../present/screens.ts";
import type { LessonFile, LessonFileStep } from "./lesson-file.ts";
import { ownTexts } from "./own-texts.ts";
import { stepPage } from "./step-pages.ts";

/** What its steps show was checked when it was opened. */
export function tourOfFile({ steps }: LessonFile): readonly TourStep[] {
  return steps.map(({ shows, text, question }, place) => ({ text, question, shows: shownIn(shows, place) }));
}

function shownIn(shows: LessonFileStep["shows"], place: number): TourStep["shows"] {
  switch (shows.kind) {
    case "page":
      return { kind: "page", ...stepPage(shows.address, place + 1) };
    case "experiment":
      return { ...shows, title: shows.title || ownTexts.untitled };
    case "lesson":
      return { kind: "lesson", lesson: findLesson(shows.lesson)!, settings: shows.settings };
  }
}
