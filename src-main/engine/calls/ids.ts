/** How runs and sweeps are named in what is asked. */
import { z } from "zod";

export const runId = z.int().positive();
export const experimentId = z.int().positive();

export const mostRuns = 10_000;

/** A number that is named twice counts once. */
export const runIdsUpTo = (most: number) =>
  z
    .array(runId)
    .min(1)
    .max(mostRuns)
    .transform((ids) => [...new Set(ids)])
    .refine((ids) => ids.length <= most, `at most ${most} runs at once`);
