/** What one tries each lesson with. */
import type { Component } from "svelte";
import DepthLesson from "./depth/DepthLesson.svelte";
import FactorisationLesson from "./factorisation/FactorisationLesson.svelte";
import KernelsLesson from "./kernels/KernelsLesson.svelte";
import LadderLesson from "./ladder/LadderLesson.svelte";
import type { LessonId } from "./lessons.ts";
import ReuseLesson from "./reuse/ReuseLesson.svelte";
import SmoothingLesson from "./smoothing/SmoothingLesson.svelte";

export const lessonContents: Readonly<Record<LessonId, Component>> = {
  depth: DepthLesson,
  reuse: ReuseLesson,
  factorisation: FactorisationLesson,
  kernels: KernelsLesson,
  smoothing: SmoothingLesson,
  ladder: LadderLesson,
};
