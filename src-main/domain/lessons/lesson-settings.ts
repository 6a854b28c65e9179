/**
 * What a lesson's controls may be set to, one schema a lesson: a lesson begins with the defaults, and what a file brings is parsed before it is shown.
 * Bounds are those of the controls. A lesson that has no row here has nothing to set.
 */
import { z } from "zod";
import { factorisations } from "./factorisation.ts";

/** Values of λ that the toy of label smoothing can be trained with. */
export const toyDecays = [0, 1e-5, 4e-5, 1e-4, 1e-3, 1e-2] as const;

const reuse = z.strictObject({
  /** Of the shelf; one that is not there stands for the first. */
  network: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .default("inception-v3"),
  layers: z.int().min(1).max(8).default(4),
  features: z.int().min(1).max(4).default(2),
});

const factorisation = z.strictObject({
  way: z.enum(factorisations.map(({ id }) => id)).default("cascade-5"),
  grid: z.int().min(4).max(64).default(17),
  channels: z.int().min(8).max(512).multipleOf(8).default(64),
  kernel: z
    .int()
    .min(3)
    .max(15)
    .refine((side) => side % 2 === 1, "is even")
    .default(7),
});

const smoothing = z.strictObject({
  epsilon: z.number().min(0).max(0.5).default(0.1),
  classes: z.int().min(2).max(100).default(10),
  confidence: z.number().min(0.01).max(0.99).default(0.8),
  weightDecay: z.literal(toyDecays).default(4e-5),
  layers: z.int().min(1).max(8).default(3),
});

/** Of each lesson: what its controls stand at. */
export const lessonSettings = z.strictObject({
  reuse: reuse.prefault({}),
  factorisation: factorisation.prefault({}),
  smoothing: smoothing.prefault({}),
});
export type LessonSettingsById = z.infer<typeof lessonSettings>;
export type AdjustableLesson = keyof LessonSettingsById;

export function isAdjustable(lesson: string): lesson is AdjustableLesson {
  return Object.hasOwn(lessonSettings.shape, lesson);
}
