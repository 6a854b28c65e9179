/** A part of a long list, which begins with the newest or the best. */
import { z } from "zod";

/** More than anyone looks through, and as many as an experiment has runs. */
export const mostOnPage = 10_000;

export const pageShape = {
  /** How many stand before it. */
  skip: z.int().nonnegative().default(0),
  most: z.int().positive().max(mostOnPage).default(100),
};
