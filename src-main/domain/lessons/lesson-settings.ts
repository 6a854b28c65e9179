/**
 * What a lesson's controls may be set to, one schema a lesson: a lesson begins with the defaults, and what a file brings is parsed before it is shown.
 * Bounds are those of the controls. Runs and pictures are none of these: they are of one machine’s own record.
 */
import { z } from "zod";
import { factorisations } from "./factorisation.ts";
import { knownKernels } from "./kernels/known-kernels.ts";

/** Values of λ that the toy of label smoothing can be trained with. */
export const toyDecays = [0, 1e-5, 4e-5, 1e-4, 1e-3, 1e-2] as const;

/** Whose figures a chart shows; null until somebody chose: both as soon as there are two. */
const shown = z.enum(["published", "own", "both"]).nullable().default(null);
/** Of the shelf. */
const network = z.string().regex(/^[a-z0-9-]{1,60}$/);

const depth = z.strictObject({
  /** What error is drawn against. */
  cost: z.enum(["layers", "year", "parameters", "multiplyAdds", "minutes"]).default("layers"),
  shown,
  /** What a published figure is of: several networks as entered, or one. */
  entry: z.enum(["together", "alone"]).default("together"),
  /** Of one's own figures. */
  split: z.enum(["validation", "test"]).default("validation"),
});

const reuse = z.strictObject({
  /** One that is not there stands for the first. */
  network: network.default("inception-v3"),
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

/** Whole numbers that a kernel is drawn with by hand are no further from 0. */
export const mostByHand = 9;

const kernels = z
  .strictObject({
    kind: z.enum([...knownKernels, "hand"]).default("sobel"),
    side: z.literal([5, 7]).default(5),
    /** Row by row; of no matter for a kernel that is known. */
    byHand: z.array(z.int().min(-mostByHand).max(mostByHand)).max(49).default([]),
    /** Pairs of lines. */
    rank: z.int().min(1).max(7).default(1),
    /** Whose trained kernels are looked at; null: that of the latest run. */
    network: network.nullable().default(null),
  })
  .refine(({ kind, side, byHand }) => kind !== "hand" || byHand.length === side * side, {
    path: ["byHand"],
    message: "has another size than the kernel",
  });

const ladder = z.strictObject({ shown });

const smoothing = z.strictObject({
  epsilon: z.number().min(0).max(0.5).default(0.1),
  classes: z.int().min(2).max(100).default(10),
  confidence: z.number().min(0.01).max(0.99).default(0.8),
  weightDecay: z.literal(toyDecays).default(4e-5),
  layers: z.int().min(1).max(8).default(3),
});

/** Of each lesson: what its controls stand at. */
export const lessonSettings = z.strictObject({
  depth: depth.prefault({}),
  reuse: reuse.prefault({}),
  factorisation: factorisation.prefault({}),
  kernels: kernels.prefault({}),
  smoothing: smoothing.prefault({}),
  ladder: ladder.prefault({}),
});
export type LessonSettingsById = z.infer<typeof lessonSettings>;
export type AdjustableLesson = keyof LessonSettingsById;

export function isAdjustable(lesson: string): lesson is AdjustableLesson {
  return Object.hasOwn(lessonSettings.shape, lesson);
}
