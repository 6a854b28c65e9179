/** What a report is asked of, and what it is: one page in HTML that needs nothing beside. */
import { z } from "zod";

export const reportQuestion = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("run"), runId: z.int().positive() }),
  z.object({ kind: z.literal("experiment"), experimentId: z.int().positive() }),
]);
export type ReportQuestion = z.infer<typeof reportQuestion>;

export interface HtmlReport {
  /** Of its file, as it is proposed. */
  readonly name: string;
  readonly html: string;
}
