/**
 * The queue: runs in the state `queued`, in the order of their positions. It outlives every engine: a waiting run whose owner is gone belongs to nobody, and
 * waits until an engine takes it up. Whatever more than one engine may try at once happens in one transaction that begins with its write lock.
 */
import { type Database, writing } from "./database.ts";

/** Runs that train in one process: one, or the arms of a pair, arm A first. */
export type WaitingJob = readonly number[];

interface WaitingRow {
  readonly id: number;
  readonly experiment_id: number | null;
  readonly has_own_process: 0 | 1;
}

/** A run that has seen so many engines die may be what they die of. */
const mostEngineDeaths = 3;
/** Of a run that was interrupted: whether nobody need be asked. */
export const goesOnByItself = `sweep_id IS NOT NULL AND engine_deaths < ${mostEngineDeaths}`;

export const waitingSql =
  "SELECT id, experiment_id, has_own_process FROM runs WHERE state = 'queued' ORDER BY queue_position, id";
export const waitingOfSql =
  "SELECT id, experiment_id, has_own_process FROM runs WHERE state = 'queued' AND owner_id = ? ORDER BY queue_position, id";

export type QueueRecords = ReturnType<typeof createQueueRecords>;

export function createQueueRecords(database: Database) {
  const waiting = database.prepare<[], WaitingRow>(waitingSql);
  const waitingOf = database.prepare<[string], WaitingRow>(waitingOfSql);
  const place = database.prepare<[number, number]>("UPDATE runs SET queue_position = ? WHERE id = ?");
  const begin = database.prepare<{ readonly at: string; readonly runId: number; readonly engineId: string }>(`
    UPDATE runs SET state = 'running', started_at = ifnull(started_at, @at), stretch_seconds = 0
    WHERE id = @runId AND state = 'queued' AND owner_id = @engineId`);
  const nobodys = "state = 'queued' AND owner_id NOT IN (SELECT id FROM engines)";
  const isNobodys = database.prepare<[number], number>(`SELECT count(*) FROM runs WHERE id = ? AND ${nobodys}`).pluck();
  const claim = database
    .prepare<[string], number>(`UPDATE runs SET owner_id = ? WHERE ${nobodys} RETURNING id`)
    .pluck();
  const interrupted = (which: string) =>
    database
      .prepare<[], number>(
        `SELECT id FROM runs WHERE awaits_answer = 1 AND deleted_at IS NULL AND ${which} ORDER BY id`,
      )
      .pluck();
  const awaiting = interrupted(`NOT (${goesOnByItself})`);
  const awaitingOfSweeps = interrupted(goesOnByItself);
  const leave = database.prepare<[number]>("UPDATE runs SET awaits_answer = 0 WHERE id = ?");
  const heldAt = database.prepare<[], string | null>("SELECT held_at FROM queue").pluck();
  const hold = database.prepare<[string | null]>("UPDATE queue SET held_at = ?");

  return {
    /** Every job that waits, whichever engine has it, in order. */
    jobs(): readonly WaitingJob[] {
      return jobsOf(waiting.all());
    },
    /** This engine's jobs that wait, in order. */
    jobsOf(engineId: string): readonly WaitingJob[] {
      return jobsOf(waitingOf.all(engineId));
    },
    /** The queue in this order. */
    reorder: writing(database, (jobs: readonly WaitingJob[]): void => {
      for (const [index, job] of jobs.entries()) for (const runId of job) place.run(index + 1, runId);
    }),
    /** Out of the queue and into training; false where the job is no longer this engine's to begin. */
    begin: writing(database, (job: WaitingJob, engineId: string, at: string): boolean => {
      const begun = job.filter((runId) => begin.run({ at, runId, engineId }).changes === 1);
      if (begun.length > 0 && begun.length < job.length) throw new Error(`Only ${begun} of ${job} could begin.`);
      return begun.length > 0;
    }),
    /** Whether it waits for an engine that is gone. */
    isNobodys(runId: number): boolean {
      return isNobodys.get(runId) === 1;
    },
    /** Makes this engine the owner of what waits and belongs to nobody. @returns these runs */
    claim(engineId: string): readonly number[] {
      return claim.all(engineId);
    },

    /** Runs that were training when their engine ended, and of which nobody has said yet whether they go on. */
    awaitingAnswer(): readonly number[] {
      return awaiting.all();
    },
    /** Runs of sweeps that were training when their engine ended: they need no answer, unless that keeps happening to them. */
    interruptedInSweeps(): readonly number[] {
      return awaitingOfSweeps.all();
    },
    /** The person was asked, and the run does not go on by itself. */
    leave(runId: number): void {
      leave.run(runId);
    },

    /** Whether a person holds the queue. */
    isHeld(): boolean {
      return (heldAt.get() ?? null) !== null;
    },
    /** @param at null lets it go on */
    hold(at: string | null): void {
      hold.run(at);
    },
  };
}

/** Arms that share a process have one position in the queue, and follow each other by number. */
function jobsOf(rows: readonly WaitingRow[]): readonly WaitingJob[] {
  const jobs: number[][] = [];
  let experimentBefore: number | null = null;
  for (const { id, experiment_id, has_own_process } of rows) {
    const shared = has_own_process === 1 ? null : experiment_id;
    if (shared !== null && shared === experimentBefore) jobs.at(-1)!.push(id);
    else jobs.push([id]);
    experimentBefore = shared;
  }
  return jobs;
}
