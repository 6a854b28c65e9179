import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ladderRequest } from "../../../src-main/domain/lessons/ladder.ts";
import { preparedFrom } from "../../../src-main/domain/lessons/prepared-experiment.ts";
import { presetsFor } from "../../../src-main/training/presets.ts";
import { lessons } from "../../../src-renderer/features/lessons/lessons.ts";
import {
  emptyLessonFile,
  lessonFileLimits,
  lessonFileText,
  parseLessonFile,
} from "../../../src-renderer/features/lessons/own/lesson-file.ts";
import { OwnLesson } from "../../../src-renderer/features/lessons/own/own-lesson.svelte.ts";
import { tourOfFile } from "../../../src-renderer/features/lessons/own/own-tour.ts";
import { screensOf } from "../../../src-renderer/features/lessons/present/screens.ts";
import { tabStorage } from "./tab-storage.ts";

let kept: Map<string, string>;
beforeEach(() => {
  kept = tabStorage();
});
afterEach(() => vi.unstubAllGlobals());

const shown = (own: OwnLesson) =>
  own.lesson?.steps.map(({ shows }) =>
    shows.kind === "lesson" ? shows.lesson : shows.kind === "page" ? shows.address : shows.title,
  );
const fileOf = (text: string) => ({ size: text.length, text: async () => text });

test("no lesson has the name that the teacher's own has in addresses", () => {
  expect(lessons.map(({ id }) => String(id))).not.toContain("own");
});

test("a lesson begins with all that there are; steps are added, moved, changed and removed, and a reload loses nothing", () => {
  const own = new OwnLesson();
  expect(own.lesson).toBeNull();
  own.begin("Mine");
  expect(shown(own)).toEqual(lessons.map(({ id }) => id));
  const [first, , third] = lessons;
  while ((own.lesson?.steps.length ?? 0) > 3) own.removeStep(3);
  own.removeStep(1);
  own.addStep({ kind: "page", address: "networks/vgg16" });
  own.moveStep(2, -1);
  own.moveStep(0, -1);
  own.changeStep(1, { text: "Look at the stacks", question: "Why three?" });
  own.rename("Week 3");
  expect(shown(own)).toEqual([first.id, "networks/vgg16", third.id]);
  expect(own.isSaved).toBe(false);

  const reloaded = new OwnLesson();
  expect(reloaded.lesson).toEqual(own.lesson);
  expect(reloaded.lesson?.steps[1]).toMatchObject({ text: "Look at the stacks", question: "Why three?" });
  expect(reloaded.isSaved).toBe(false);
  reloaded.saved();
  expect(new OwnLesson().isSaved).toBe(true);
  reloaded.rename("Week 4");
  expect(new OwnLesson().isSaved).toBe(false);
});

test("a file that is opened takes the place of what was there; one that is refused leaves it, and says why", async () => {
  const own = new OwnLesson();
  own.begin("Mine");
  expect(await own.open(fileOf("{}"))).toBe(false);
  expect(own.error?.problem).toBe("The file is no lesson of Strata.");
  expect(own.lesson?.title).toBe("Mine");
  const text = lessonFileText(emptyLessonFile("Theirs"));
  expect(await own.open({ size: lessonFileLimits.bytes + 1, text: () => Promise.reject(new Error("was read")) })).toBe(
    false,
  );
  expect(own.error?.problem).toBe("The file is larger than a lesson can be.");
  expect(await own.open(fileOf(text))).toBe(true);
  expect([own.lesson?.title, own.isSaved, own.error]).toEqual(["Theirs", true, null]);
  own.close();
  expect([own.lesson, new OwnLesson().lesson]).toEqual([null, null]);
});

test("what the tab kept is read like a file: what this version does not know is left", () => {
  new OwnLesson().begin("Mine");
  const [[key, text]] = [...kept] as [[string, string]];
  kept.set(key, text.replace(`"reuse"`, `"alchemy"`));
  expect(new OwnLesson().lesson).toBeNull();
});

test("a lesson has no more steps than its file may have, nor longer text than it", () => {
  const own = new OwnLesson();
  own.begin("Mine");
  for (let more = 0; more <= lessonFileLimits.steps; more += 1) own.addStep({ kind: "page", address: "runs" });
  expect(own.lesson?.steps).toHaveLength(lessonFileLimits.steps);
  expect(() => parseLessonFile(lessonFileText(own.lesson!))).not.toThrow();
});

test("the tour follows the file: its lessons with their settings, its pages, its words", () => {
  const settings = { epsilon: 0.2, classes: 5, confidence: 0.5, weightDecay: 0, layers: 2 };
  const tour = tourOfFile({
    ...emptyLessonFile("Mine"),
    steps: [
      { shows: { kind: "page", address: "networks/vgg16" }, text: "Look", question: "" },
      { shows: { kind: "lesson", lesson: "smoothing", settings }, text: "", question: "Why?" },
    ],
  });
  const experiment = preparedFrom(ladderRequest({ kind: "folder", path: "/pictures" }, presetsFor, [1])!)!;
  const prepared = { kind: "experiment", title: "", experiment } as const;
  const withExperiment = tourOfFile({
    ...emptyLessonFile(""),
    steps: [{ shows: prepared, text: "", question: "Why?" }],
  });
  expect(screensOf(withExperiment).map(({ kind, title }) => [kind, title])).toEqual([
    ["experiment", "An experiment"],
    ["think", "An experiment"],
  ]);
  expect(tour[1]?.shows).toMatchObject({ kind: "lesson", settings });
  expect(screensOf(tour).map(({ kind, title }) => [kind, title])).toEqual([
    ["claim", "Networks: vgg16"],
    ["page", "Networks: vgg16"],
    ["claim", "What does label smoothing ask for?"],
    ["figure", "What does label smoothing ask for?"],
    ["figure", "What does label smoothing ask for?"],
    ["think", "What does label smoothing ask for?"],
    ["try", "What does label smoothing ask for?"],
  ]);
});
