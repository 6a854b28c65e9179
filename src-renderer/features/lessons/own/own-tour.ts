/** A teacher's lesson as the presentation takes it. */
import { findLesson } from "../lessons.ts";
import type { TourStep } from "../present/screens.ts";
import type { LessonFile } from "./lesson-file.ts";
import { stepPage } from "./step-pages.ts";

/** What its steps show was checked when it was opened. */
export function tourOfFile({ steps }: LessonFile): readonly TourStep[] {
  return steps.map(({ shows, text, question }, place) => ({
    ...{ text, question },
    shows:
      shows.kind === "page"
        ? { kind: "page", ...stepPage(shows.address, place + 1) }
        : { kind: "lesson", lesson: findLesson(shows.lesson)!, settings: shows.settings },
  }));
}
