/** Of a run that came from another Strata, in a bundle. */
import { z } from "zod";

export const importedFrom = z.object({
  /** Its number there. */
  number: z.int().positive(),
  /** Of the Strata that exported it. */
  version: z.string(),
  exportedAt: z.string(),
  importedAt: z.string(),
  /** With a saved state, from which it can go on here. */
  hasState: z.boolean().optional(),
});
export type ImportedFrom = z.infer<typeof importedFrom>;
