import { expect, test } from "vitest";
import { findLesson, lessons } from "../../../src-renderer/features/lessons/lessons.ts";
import { Pen, strokePath } from "../../../src-renderer/features/lessons/present/pen.svelte.ts";
import { deedOfKey, screensOf, tourOf } from "../../../src-renderer/features/lessons/present/screens.ts";

const reuse = findLesson("reuse")!;

test("a lesson is claim, each of its sheets, question and what to try; the tour is all of them in order", () => {
  const kinds = screensOf(tourOf([reuse])).map((screen) => [
    screen.kind,
    screen.kind === "figure" ? screen.sheet : "words" in screen ? screen.words : null,
  ]);
  expect(kinds).toEqual([
    ["claim", reuse.claim],
    ["figure", "A small network"],
    ["figure", "The networks of the shelf"],
    ["think", reuse.toThinkAbout],
    ["try", reuse.toTry],
  ]);
  const all = screensOf(tourOf(lessons));
  expect(all.map(({ step }) => step)).toEqual(
    lessons.flatMap(({ sheets }, step) => Array(sheets.length + 3).fill(step)),
  );
  expect(all.map(({ title }) => title)).toEqual(
    lessons.flatMap(({ title, sheets }) => Array(sheets.length + 3).fill(title)),
  );
});

test("a teacher's text and question stand in place of the lesson's; a page has only those that were written", () => {
  const ownLesson = { kind: "lesson", lesson: reuse, settings: null } as const;
  const words = screensOf([{ shows: ownLesson, text: "My claim", question: "My question" }]).flatMap((screen) =>
    screen.kind === "claim" || screen.kind === "think" ? [screen.words] : [],
  );
  expect(words).toEqual(["My claim", "My question"]);
  const runs = { kind: "page", route: { page: "runs", runId: null }, title: "Runs" } as const;
  const kindsOf = (text: string, question: string) =>
    screensOf([{ shows: runs, text, question }]).map(({ kind }) => kind);
  expect(kindsOf("", "")).toEqual(["page"]);
  expect(kindsOf("Look", "Why?")).toEqual(["claim", "page", "think"]);
});

test.each([
  ["ArrowRight", 0, 1],
  ["PageDown", 3, 4],
  ["PageDown", 4, 4],
  ["ArrowLeft", 0, 0],
  ["PageUp", 2, 1],
  ["Home", 3, 0],
  ["End", 1, 4],
])("%s at screen %i of 5 leads to %i", (key, at, to) => {
  expect(deedOfKey(key, "free", at, 5)).toEqual({ kind: "go", screen: to });
});

test("a slider keeps its arrows, a field its letters and a dialog all; a presenter's remote leads on from slider and field", () => {
  const deeds = (key: string) =>
    (["free", "moving", "typing", "elsewhere"] as const).map((use) => deedOfKey(key, use, 1, 5)?.kind ?? null);
  expect(deeds("ArrowRight")).toEqual(["go", null, null, null]);
  expect(deeds("Home")).toEqual(["go", null, null, null]);
  expect(deeds("PageDown")).toEqual(["go", "go", "go", null]);
  expect(deeds("p")).toEqual(["pen", "pen", null, null]);
  expect(deeds("N")).toEqual(["notes", "notes", null, null]);
  expect(deeds("Escape")).toEqual(["leave", "leave", "leave", null]);
  for (const other of ["x", "Enter", "Tab", " ", "constructor"]) expect(deeds(other)).toEqual([null, null, null, null]);
});

test("strokes stay with their screen, and clearing one screen leaves the others", () => {
  const pen = new Pen();
  pen.draw(0, [0.5, 0.5]);
  expect(pen.strokesOn(0)).toEqual([]);
  pen.begin(0, [0.1, 0.2]);
  pen.draw(0, [0.3, 0.4]);
  pen.begin(0, [0.9, 0.9]);
  pen.begin(2, [0.5, 0.5]);
  expect(pen.strokesOn(0).map(strokePath)).toEqual(["M0.1000 0.2000L0.3000 0.4000", "M0.9000 0.9000L0.9000 0.9000"]);
  expect(pen.strokesOn(1)).toEqual([]);
  pen.clear(0);
  expect([pen.strokesOn(0).length, pen.strokesOn(2).length]).toEqual([0, 1]);
});
