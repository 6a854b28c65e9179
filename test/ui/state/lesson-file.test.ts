import { expect, test } from "vitest";
import { StrataError } from "../../../src-main/contract/errors.ts";
import { ladderRequest } from "../../../src-main/domain/lessons/ladder.ts";
import { preparedFrom } from "../../../src-main/domain/lessons/prepared-experiment.ts";
import { presetsFor } from "../../../src-main/training/presets.ts";
import {
  emptyLessonFile,
  type LessonFile,
  lessonFileName,
  lessonFileText,
  parseLessonFile,
} from "../../../src-renderer/features/lessons/own/lesson-file.ts";

const lessonStep = (rest: object = {}) => ({
  shows: { kind: "lesson", lesson: "smoothing", settings: null, ...rest },
  ...{ text: "", question: "" },
});
const experiment = preparedFrom(ladderRequest({ kind: "folder", path: "/pictures" }, presetsFor, [1])!)!;
const experimentStep = (change: object = {}) => ({
  shows: { kind: "experiment", title: "Table 3", experiment: { ...experiment, ...change } },
  ...{ text: "", question: "" },
});
const pageStep = (address: string) => ({ shows: { kind: "page", address }, text: "", question: "" });
const file = (steps: readonly unknown[], rest: object = {}) =>
  JSON.stringify({ format: "strata-lesson", version: 1, title: "Week 3", steps, ...rest });

/** The code and the words of what a file is refused with. */
function refusal(text: string): { readonly code: string; readonly problem: string } {
  try {
    parseLessonFile(text);
  } catch (thrown) {
    if (thrown instanceof StrataError) return { code: thrown.code, problem: thrown.problem };
    throw thrown;
  }
  throw new Error("The file was taken");
}

test("a lesson is read back as it was saved", () => {
  const lesson: LessonFile = {
    ...emptyLessonFile("Week 3: how far?"),
    steps: [
      {
        shows: {
          kind: "lesson",
          lesson: "smoothing",
          settings: { epsilon: 0.2, classes: 5, confidence: 0.5, weightDecay: 1e-3, layers: 2 },
        },
        text: "Two\nlines, “quotes” and עברית",
        question: "Why?",
      },
      { shows: { kind: "lesson", lesson: "reuse", settings: null }, text: "", question: "" },
      {
        shows: { kind: "page", address: "networks/inception-v3?input=32&width=0.25&classes=10" },
        text: "<b>as text</b>",
        question: "",
      },
      { shows: { kind: "page", address: "runs" }, text: "", question: "" },
      { shows: { kind: "experiment", title: "Table 3", experiment }, text: "", question: "What do you expect?" },
    ],
  };
  expect(parseLessonFile(lessonFileText(lesson))).toEqual(lesson);
});

test("settings that a file leaves out begin as the lesson does", () => {
  const { steps } = parseLessonFile(file([lessonStep({ settings: { epsilon: 0.3 } }), lessonStep()]));
  expect(steps.map(({ shows }) => (shows.kind === "lesson" ? shows.settings : null))).toEqual([
    { epsilon: 0.3, classes: 10, confidence: 0.8, weightDecay: 4e-5, layers: 3 },
    null,
  ]);
});

test.each([
  ["nothing", ""],
  ["no JSON", "{"],
  ["a picture's bytes", "\u0089PNG\r\n"],
  ["null", "null"],
  ["a list", "[]"],
  ["a list nested without end", "[".repeat(100_000)],
  ["another program's JSON", `{"format":"other","version":1}`],
  ["no version", `{"format":"strata-lesson"}`],
  ["version 0", file([], { version: 0 })],
  ["a version in words", file([], { version: "1" })],
])("%s is no lesson", (_, text) => {
  expect(refusal(text).code).toBe("lesson.not-a-lesson");
});

test("a newer version is named", () => {
  expect(refusal(file([], { version: 2, more: true })).problem).toContain("version 2");
});

test.each([
  ["too many steps", file(Array.from({ length: 101 }, () => lessonStep()))],
  ["a title too long", file([], { title: "x".repeat(121) })],
  ["a text too long", file([{ ...lessonStep(), text: "x".repeat(2_001) }])],
  ["a question too long", file([{ ...lessonStep(), question: "x".repeat(501) }])],
  ["a text that is none", file([{ ...lessonStep(), text: { html: "<script>" } }])],
  ["a field that is not known", file([{ ...lessonStep(), script: "alert(1)" }])],
  ["a field that is not known, at the top", file([], { onload: "alert(1)" })],
  ["a prototype", `{"format":"strata-lesson","version":1,"title":"","steps":[],"__proto__":{"admin":true}}`],
  ["a step of another kind", file([{ ...lessonStep(), shows: { kind: "program", path: "/bin/sh" } }])],
  ["a step without settings", file([lessonStep({ settings: undefined })])],
  ["steps that are none", file([null, 1, "step"])],
])("a file with %s is refused as a whole", (_, text) => {
  expect(refusal(text).code).toBe("lesson.damaged");
});

test.each([
  ["lesson.unknown-lesson", lessonStep({ lesson: "alchemy" }), "alchemy"],
  ["lesson.unknown-lesson", lessonStep({ lesson: "constructor" }), "constructor"],
  ["lesson.unknown-lesson", lessonStep({ lesson: "\u202egninrael" }), "\\u202e"],
  ["lesson.unknown-page", pageStep("nowhere"), "nowhere"],
  ["lesson.unknown-page", pageStep(""), "the page "],
  ["lesson.unknown-page", pageStep("javascript:alert(1)"), "javascript:"],
  ["lesson.unknown-page", pageStep("https://example.invalid/train"), "example.invalid"],
  ["lesson.unknown-page", pageStep("networks/vgg16?input=x"), "vgg16"],
  ["lesson.unknown-page", pageStep("present/own"), "present/own"],
  ["lesson.unknown-page", pageStep("lessons/reuse"), "lessons/reuse"],
  ["lesson.own-record", pageStep("runs/7"), "runs/7"],
  ["lesson.own-record", pageStep("experiments/3"), "experiments/3"],
  ["lesson.own-record", pageStep("compare?runs=1,2"), "compare?runs=1,2"],
  ["lesson.experiment", experimentStep({ seeds: [] }), "seeds"],
  ["lesson.experiment", experimentStep({ script: "alert(1)" }), "script is not known here"],
  ["lesson.settings", lessonStep({ settings: { epsilon: 7 } }), "epsilon"],
  ["lesson.settings", lessonStep({ settings: { epsilon: "0.1" } }), "epsilon"],
  ["lesson.settings", lessonStep({ settings: { colour: "red" } }), "colour"],
  ["lesson.settings", lessonStep({ settings: [] }), "smoothing"],
  ["lesson.settings", lessonStep({ settings: JSON.parse(`{"__proto__":{"epsilon":0.2}}`) }), "smoothing"],
])("%s: the step and what is wrong with it are named, %#", (code, wrong, named) => {
  const refused = refusal(file([lessonStep(), wrong]));
  expect(refused.code).toBe(code);
  expect(refused.problem).toContain("Step 2");
  expect(refused.problem).toContain(named);
});

test("numbers that JSON alone knows, and lists nested in settings, do no harm", () => {
  expect(refusal(file([lessonStep({ settings: { epsilon: 0 } })]).replace(`"epsilon":0`, `"epsilon":1e999`)).code).toBe(
    "lesson.settings",
  );
  const nested = file([lessonStep({ settings: { epsilon: 0 } })]).replace(
    `"epsilon":0`,
    `"epsilon":${"[".repeat(50_000)}${"]".repeat(50_000)}`,
  );
  expect(refusal(nested).code).toBe("lesson.settings");
});

test("what would turn the direction of writing is written out, and lines stay lines", () => {
  const { title, steps } = parseLessonFile(
    file([{ ...lessonStep(), text: "one\ntwo\u202e\u0007" }], { title: "Week\u2066 3\n" }),
  );
  expect(title).toBe("Week\\u2066 3\\u000a");
  expect(steps[0]?.text).toBe("one\ntwo\\u202e\\u0007");
});

test.each([
  ["Vision, week 3", "vision-week-3.strata-lesson.json"],
  ["../../etc/passwd", "etc-passwd.strata-lesson.json"],
  ["Tiefe für alle", "tiefe-fur-alle.strata-lesson.json"],
  ["课程", "lesson.strata-lesson.json"],
  ["", "lesson.strata-lesson.json"],
  // Windows takes con.anything for a device.
  ["Con", "lesson-con.strata-lesson.json"],
])("the file of %j is called %s", (title, name) => {
  expect(lessonFileName(title)).toBe(name);
});
