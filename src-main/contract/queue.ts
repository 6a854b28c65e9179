/** What waits to be trained, as every shell shows it. */
import { z } from "zod";

export const queueMove = z.enum(["front", "up", "down"]);
export type QueueMove = z.infer<typeof queueMove>;

export interface QueueView {
  /** Why nothing begins: a person holds the queue, or was not yet asked what becomes of a run that its engine's end interrupted. Null while it goes on. */
  readonly held: "person" | "interrupted" | null;
  /** Numbers of the runs that wait, one list a job, in order; a pair's job has two. */
  readonly jobs: readonly (readonly number[])[];
}
