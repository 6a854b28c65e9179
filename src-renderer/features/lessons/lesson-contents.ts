/** What one tries each lesson with. */
import type { Component } from "svelte";
import FactorisationLesson from "./factorisation/FactorisationLesson.svelte";
import type { LessonId } from "./lessons.ts";
import ReuseLesson from "./reuse/ReuseLesson.svelte";
import SmoothingLesson from "./smoothing/SmoothingLesson.svelte";

export const lessonContents: Readonly<Record<LessonId, Component>> = {
  reuse: ReuseLesson,
  factorisation: FactorisationLesson,
  smoothing: SmoothingLesson,
};
