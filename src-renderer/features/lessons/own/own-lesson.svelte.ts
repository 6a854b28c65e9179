/**
 * The lesson that a teacher makes, or a student was given. It is kept with the tab until it is closed, whatever is reloaded; the file is what outlives the
 * window, and `isSaved` says whether it has all that is here.
 */
import { createContext } from "svelte";
import { z } from "zod";
import { type CodedError, StrataError } from "../../../../src-main/contract/errors.ts";
import { shownError } from "../../../lib/engine/errors.ts";
import { keptInTab } from "../../../lib/kept-in-tab.ts";
import { type LessonEntry, lessons } from "../lessons.ts";
import {
  emptyLessonFile,
  type LessonFile,
  type LessonFileStep,
  lessonFile,
  lessonFileLimits,
  parseLessonFile,
} from "./lesson-file.ts";

const kept = keptInTab("lesson", z.object({ lesson: lessonFile, isSaved: z.boolean() }));

export class OwnLesson {
  #state = $state.raw<{ readonly lesson: LessonFile; readonly isSaved: boolean } | null>(kept.read());
  /** Why the last file was not opened; null once one was. */
  error = $state.raw<Pick<CodedError, "problem" | "remedy"> | null>(null);

  /** Null where there is none. */
  get lesson(): LessonFile | null {
    return this.#state?.lesson ?? null;
  }

  get isSaved(): boolean {
    return this.#state?.isSaved ?? true;
  }

  /** Every lesson in its order: what a teacher does not need is removed. */
  begin(title: string): void {
    this.error = null;
    this.#take({ ...emptyLessonFile(title), steps: lessons.map(({ id }) => lessonStepOf(id, null)) });
  }

  /** What was there is gone once the file was read: the caller asks first. */
  async open(file: Pick<File, "size" | "text">): Promise<boolean> {
    try {
      if (file.size > lessonFileLimits.bytes)
        throw new StrataError("lesson.too-large", { mostBytes: lessonFileLimits.bytes });
      this.#keep(parseLessonFile(await file.text()), true);
      this.error = null;
      return true;
    } catch (thrown) {
      this.error = thrown instanceof StrataError ? thrown.toJSON() : shownError(thrown);
      return false;
    }
  }

  rename(title: string): void {
    this.#change((lesson) => ({ ...lesson, title }));
  }

  addStep(shows: LessonFileStep["shows"]): void {
    this.#changeSteps((steps) => [...steps, { shows, text: "", question: "" }]);
  }

  changeStep(place: number, change: Partial<LessonFileStep>): void {
    this.#changeSteps((steps) => steps.map((step, each) => (each === place ? { ...step, ...change } : step)));
  }

  /** One place up or down; at the ends it stays. */
  moveStep(place: number, by: -1 | 1): void {
    this.#changeSteps((steps) => {
      const [moved, other] = [steps[place], steps[place + by]];
      if (!moved || !other) return steps;
      return steps.map((step, each) => (each === place ? other : each === place + by ? moved : step));
    });
  }

  removeStep(place: number): void {
    this.#changeSteps((steps) => steps.filter((_, each) => each !== place));
  }

  /** Brings back what was removed or closed. */
  restore(lesson: LessonFile): void {
    this.#take(lesson);
  }

  /** A file has it all now. */
  saved(): void {
    if (this.#state) this.#keep(this.#state.lesson, true);
  }

  close(): void {
    this.#state = null;
    this.error = null;
    kept.write(null);
  }

  #changeSteps(change: (steps: readonly LessonFileStep[]) => readonly LessonFileStep[]): void {
    this.#change((lesson) => ({ ...lesson, steps: [...change(lesson.steps)].slice(0, lessonFileLimits.steps) }));
  }

  #change(change: (lesson: LessonFile) => LessonFile): void {
    if (this.#state) this.#take(change(this.#state.lesson));
  }

  #take(lesson: LessonFile): void {
    this.#keep(lesson, false);
  }

  #keep(lesson: LessonFile, isSaved: boolean): void {
    this.#state = { lesson, isSaved };
    kept.write(this.#state);
  }
}

function lessonStepOf(lesson: LessonEntry["id"], settings: unknown): LessonFileStep {
  return { shows: { kind: "lesson", lesson, settings }, text: "", question: "" };
}

export const [ownLessonState, provideOwnLesson] = createContext<OwnLesson>();
