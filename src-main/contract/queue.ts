/** What waits to be trained, as every shell shows it. */
import { z } from "zod";

/** Jobs of the queue that every window is told of; more are asked for. */
export const toldJobs = 12;
/** Jobs that can be asked for at once. */
export const mostAskedJobs = 100_000;

export const queueMove = z.enum(["front", "up", "down"]);
export type QueueMove = z.infer<typeof queueMove>;

export interface QueueView {
  /** Why nothing begins: a person holds the queue, or was not yet asked what becomes of a run that its engine's end interrupted. Null while it goes on. */
  readonly held: "person" | "interrupted" | null;
  /** Numbers of the runs of the first jobs that wait, one list a job, in order; arms that share a process are one job. */
  readonly jobs: readonly (readonly number[])[];
  /** Jobs that wait in all. */
  readonly waiting: number;
  /** Experiments of several blocks of which something waits. */
  readonly experimentIds: readonly number[];
}
