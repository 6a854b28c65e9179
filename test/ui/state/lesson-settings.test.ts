import { expect, test } from "vitest";
import { factorisations } from "../../../src-main/domain/lessons/factorisation.ts";
import { isAdjustable, lessonSettings } from "../../../src-main/domain/lessons/lesson-settings.ts";
import { LessonSettings } from "../../../src-renderer/features/lessons/lesson-settings.svelte.ts";

test("a lesson's controls stand at what was set last, and begin anew where a step names nothing", () => {
  const settings = new LessonSettings();
  const smoothing = settings.of("smoothing");
  expect(smoothing).toMatchObject({ epsilon: 0.1, classes: 10 });
  smoothing.classes = 100;
  expect(settings.of("smoothing").classes).toBe(100);
  settings.set("smoothing", { epsilon: 0 });
  expect(smoothing).toMatchObject({ epsilon: 0, classes: 10 });
});

test.each([
  ["reuse", { layers: 9 }],
  ["reuse", { network: "<b>" }],
  ["reuse", { layers: 4, more: 1 }],
  ["factorisation", { kernel: 4 }],
  ["factorisation", { channels: 12 }],
  ["factorisation", { way: "none of these" }],
  ["smoothing", { epsilon: Number.NaN }],
  ["depth", { cost: "epochs" }],
  ["depth", { shown: "none" }],
  ["kernels", { kind: "hand", side: 7, byHand: Array(25).fill(1) }],
  ["kernels", { side: 6 }],
  ["kernels", { byHand: [0.5] }],
  ["ladder", { experiment: 3 }],
  ["smoothing", { weightDecay: 0.5 }],
  ["smoothing", { layers: 2.5 }],
] as const)("controls of %s cannot be set to %j, and stay as they are", (lesson, wrong) => {
  const settings = new LessonSettings();
  const before = structuredClone(lessonSettings.parse({})[lesson]);
  expect(() => settings.set(lesson, wrong)).toThrow();
  expect(settings.of(lesson)).toEqual(before);
});

test("a drawing by hand is taken with its numbers, and set again whatever was drawn since", () => {
  const settings = new LessonSettings();
  const byHand = Array.from({ length: 25 }, (_, at) => (at % 19) - 9);
  settings.set("kernels", { kind: "hand", byHand, rank: 3 });
  const taken = settings.taken("kernels");
  settings.of("kernels").byHand[0] = 9;
  expect(taken.byHand).toEqual(byHand);
  settings.set("kernels", taken);
  expect(settings.of("kernels")).toMatchObject({ kind: "hand", side: 5, byHand, rank: 3 });
});

test("every way of the bench can be chosen by a step", () => {
  const settings = new LessonSettings();
  for (const { id } of factorisations) {
    settings.set("factorisation", { way: id });
    expect(settings.of("factorisation").way).toBe(id);
  }
});

test("what has no controls is told from what has", () => {
  expect([isAdjustable("reuse"), isAdjustable("toString"), isAdjustable("nothing")]).toEqual([true, false, false]);
});
