/**
 * What the controls of the lessons stand at: a lesson reads and writes its own, and a step of a tour sets them. They stay while one goes from page to page,
 * and are forgotten with the window.
 */
import { createContext } from "svelte";
import {
  type AdjustableLesson,
  type LessonSettingsById,
  lessonSettings,
} from "../../../src-main/domain/lessons/lesson-settings.ts";

export class LessonSettings {
  readonly #all = $state(lessonSettings.parse({}));

  /** To be read and written; what reads it follows. */
  of<L extends AdjustableLesson>(lesson: L): LessonSettingsById[L] {
    return this.#all[lesson];
  }

  /** As they stand now: what is set later changes nothing of it. */
  taken<L extends AdjustableLesson>(lesson: L): LessonSettingsById[L] {
    // Of plain values, so that a copy has their type.
    return $state.snapshot(this.#all[lesson]) as LessonSettingsById[L];
  }

  /** Sets a lesson's controls; what is not named begins anew. @throws z.ZodError where a value is none that they can have */
  set(lesson: AdjustableLesson, settings: unknown): void {
    Object.assign(this.#all[lesson], lessonSettings.shape[lesson].parse(settings));
  }
}

export const [lessonSettingsState, provideLessonSettings] = createContext<LessonSettings>();
