/**
 * A teacher's own lesson as a file, version 1: steps in an order, each a lesson with its settings, a page of the app, or a
 * prepared experiment, with a text and a question. It is
 * data alone: text is shown as text, and what would steer the direction of writing is written out. Whatever a file says is checked here before anything of
 * it is shown.
 */
import { z } from "zod";
import { StrataError } from "../../../../src-main/contract/errors.ts";
import { isSafeName } from "../../../../src-main/domain/file-names.ts";
import { isAdjustable, lessonSettings } from "../../../../src-main/domain/lessons/lesson-settings.ts";
import { type PreparedExperiment, readPrepared } from "../../../../src-main/domain/lessons/prepared-experiment.ts";
import { visibleLines, visibleText } from "../../../../src-main/domain/visible-text.ts";
import { findLesson } from "../lessons.ts";
import { stepPage } from "./step-pages.ts";

export const lessonFileEnding = ".strata-lesson.json";
const format = "strata-lesson";
const version = 1;
export const lessonFileLimits = { bytes: 512 * 1024, steps: 100, title: 120, text: 2_000, question: 500 } as const;

const lines = (most: number) => z.string().max(most).transform(visibleLines);

const stepOfFile = z.strictObject({
  shows: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("lesson"),
      lesson: z.string().max(60),
      /** What its controls begin with, which its own schema checks; null leaves them where they stand. */
      settings: z.unknown(),
    }),
    /** As the address bar has it behind the `#`. */
    z.strictObject({ kind: z.literal("page"), address: z.string().max(200) }),
    /** What is asked, without its pictures; it is read as a whole, as the settings are. */
    z.strictObject({
      kind: z.literal("experiment"),
      title: z.string().max(lessonFileLimits.title).transform(visibleText),
      experiment: z.unknown(),
    }),
  ]),
  text: lines(lessonFileLimits.text),
  question: lines(lessonFileLimits.question),
});

/** @throws StrataError where it names a lesson, a page or settings that are not there */
export const lessonFile = z
  .strictObject({
    format: z.literal(format),
    version: z.literal(version),
    title: z.string().max(lessonFileLimits.title).transform(visibleText),
    steps: z.array(stepOfFile).max(lessonFileLimits.steps),
  })
  .transform((file) => ({ ...file, steps: file.steps.map(checkedStep) }));
export type LessonFile = z.infer<typeof lessonFile>;
export type LessonFileStep = LessonFile["steps"][number];

const anyVersion = z.object({ format: z.literal(format), version: z.int().positive() });

export function emptyLessonFile(title: string): LessonFile {
  return { format, version, title, steps: [] };
}

/** @throws StrataError where this is no lesson that can be opened, with what is wrong and what to do */
export function parseLessonFile(text: string): LessonFile {
  const raw = jsonOf(text);
  const head = anyVersion.safeParse(raw);
  if (!head.success) throw new StrataError("lesson.not-a-lesson", {});
  if (head.data.version > version) throw new StrataError("lesson.newer", head.data);
  const file = lessonFile.safeParse(raw);
  if (file.success) return file.data;
  const { path, message } = file.error.issues[0]!;
  throw new StrataError("lesson.damaged", { where: shortly(path.join(" › ")), problem: shortly(message) });
}

export function lessonFileText(file: LessonFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** `Vision, week 3` → `vision-week-3.strata-lesson.json` */
export function lessonFileName(title: string): string {
  const bare = title.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const plain = bare.replaceAll(/[^a-z0-9]+/g, "-");
  const name = `${plain.replaceAll(/^-+|-+$/g, "").slice(0, 60) || "lesson"}${lessonFileEnding}`;
  return isSafeName(name) ? name : `lesson-${name}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Words that hold what a file says. */
function shortly(text: string): string {
  return visibleText(text.slice(0, 200));
}

type RawStep = z.infer<typeof stepOfFile>;
type RawShows = RawStep["shows"];
type CheckedShows =
  | Exclude<RawShows, { kind: "experiment" }>
  | { readonly kind: "experiment"; readonly title: string; readonly experiment: PreparedExperiment };

function checkedStep(step: RawStep, place: number): Omit<RawStep, "shows"> & { readonly shows: CheckedShows } {
  return { ...step, shows: checkedShows(step.shows, place) };
}

function checkedShows(shows: RawShows, place: number): CheckedShows {
  if (shows.kind === "page") {
    stepPage(shows.address, place + 1);
    return shows;
  }
  if (shows.kind === "experiment") {
    const read = readPrepared(shows.experiment);
    if ("experiment" in read) return { ...shows, experiment: read.experiment };
    throw new StrataError("lesson.experiment", { step: place + 1, problem: shortly(read.problem) });
  }
  const { lesson, settings } = shows;
  if (findLesson(lesson) === undefined)
    throw new StrataError("lesson.unknown-lesson", { lesson: visibleText(lesson), step: place + 1 });
  if (settings === null) return shows;
  const known = isAdjustable(lesson) ? lessonSettings.shape[lesson].safeParse(settings) : null;
  if (known?.success) return { ...shows, settings: known.data };
  const problem = known?.error.issues[0];
  throw new StrataError("lesson.settings", {
    ...{ lesson: visibleText(lesson), step: place + 1 },
    problem: problem ? shortly(`${problem.path.join(" › ")}: ${problem.message}`) : null,
  });
}
