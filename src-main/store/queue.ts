/**
 * The queue: runs in the state `queued`, in the order of their positions. It outlives every engine: a waiting run whose owner is gone belongs to nobody, and
 * waits until an engine takes it up. Whatever more than one engine may try at once happens in one transaction that begins with its write lock.
 */
import type { QueueMove } from "../contract/queue.ts";
import { type Database, writing } from "./database.ts";

/** Runs that train in one process: one, or those of a block in the order of their arms. */
export type WaitingJob = readonly number[];

interface WaitingRow {
  readonly id: number;
  readonly experiment_id: number | null;
  readonly block: number | null;
  readonly has_own_process: 0 | 1;
}

/** A run that has seen so many engines die may be what they die of. */
const mostEngineDeaths = 3;
/** Of a run that was interrupted: whether nobody need be asked. */
export const goesOnByItself = `engine_deaths < ${mostEngineDeaths}
  AND ifnull((SELECT blocks FROM experiments WHERE experiments.id = experiment_id), 1) > 1`;

export const waitingSql =
  "SELECT id, experiment_id, block, has_own_process FROM runs WHERE state = 'queued' ORDER BY queue_position, id LIMIT ?";
export const waitingOfSql =
  "SELECT id, experiment_id, block, has_own_process FROM runs WHERE state = 'queued' AND owner_id = ? ORDER BY queue_position, id LIMIT ?";
/** As `jobsOf` puts them together. Not the index's order but the rows': they are read one after another. */
export const countSql = `
  SELECT count(iif(has_own_process = 1 OR experiment_id IS NULL, 1, NULL))
    + count(DISTINCT iif(has_own_process = 1, NULL, experiment_id || '.' || block)) FROM runs WHERE state = 'queued'`;
/** The nearest position on each side of one; with two sums in one query SQLite would read all of them. */
export const besideSql = `
  SELECT (SELECT max(queue_position) FROM runs WHERE state = 'queued' AND queue_position < @position) AS before,
    (SELECT min(queue_position) FROM runs WHERE state = 'queued' AND queue_position > @position) AS behind`;
export const atSql =
  "SELECT id, experiment_id, block, has_own_process FROM runs WHERE state = 'queued' AND queue_position = ? ORDER BY id";

export type QueueRecords = ReturnType<typeof createQueueRecords>;

export function createQueueRecords(database: Database) {
  const waiting = database.prepare<[number], WaitingRow>(waitingSql);
  const waitingOf = database.prepare<[string, number], WaitingRow>(waitingOfSql);
  const count = database.prepare<[], number>(countSql).pluck();
  const experiments = database
    .prepare<[], number>(
      `SELECT id FROM experiments WHERE blocks > 1
        AND id IN (SELECT experiment_id FROM runs WHERE state = 'queued' AND experiment_id IS NOT NULL) ORDER BY id`,
    )
    .pluck();
  const isWaiting = database
    .prepare<[number, string], number>("SELECT count(*) FROM runs WHERE id = ? AND state = 'queued' AND owner_id = ?")
    .pluck();
  const positionOf = database
    .prepare<[number], number>("SELECT queue_position FROM runs WHERE id = ? AND state = 'queued'")
    .pluck();
  const beside = database.prepare<{ readonly position: number }, { before: number | null; behind: number | null }>(
    besideSql,
  );
  const first = database.prepare<[], number>("SELECT min(queue_position) FROM runs WHERE state = 'queued'").pluck();
  const at = database.prepare<[number], WaitingRow>(atSql);
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
  const awaitingOfMany = interrupted(goesOnByItself);
  const leave = database.prepare<[number]>("UPDATE runs SET awaits_answer = 0 WHERE id = ?");
  const heldAt = database.prepare<[], string | null>("SELECT held_at FROM queue").pluck();
  const hold = database.prepare<[string | null]>("UPDATE queue SET held_at = ?");

  return {
    /** The jobs that wait, whichever engine has them, in order. */
    jobs(most = Number.POSITIVE_INFINITY): readonly WaitingJob[] {
      return firstJobs(most, (rows) => waiting.all(rows));
    },
    /** This engine's jobs that wait, in order. */
    jobsOf(engineId: string, most = Number.POSITIVE_INFINITY): readonly WaitingJob[] {
      return firstJobs(most, (rows) => waitingOf.all(engineId, rows));
    },
    /** How many jobs wait. */
    count(): number {
      return count.get()!;
    },
    /** Experiments of several blocks of which something waits. */
    experiments(): readonly number[] {
      return experiments.all();
    },
    /** Whether the run still waits for this engine. */
    isWaiting(runId: number, engineId: string): boolean {
      return isWaiting.get(runId, engineId) === 1;
    },
    /** Moves the job that has this run. Nothing happens to one that no longer waits. */
    move: writing(database, (runId: number, to: QueueMove): void => {
      const position = positionOf.get(runId);
      if (position === undefined) return;
      const jobsAt = (where: number | null) => (where === null ? [] : jobsOf(at.all(where)));
      const { before, behind } = beside.get({ position })!;
      const other = { front: first.get()! - 1, up: before, down: behind }[to];
      const isAlone = jobsAt(position).length === 1;
      const mates = jobsAt(position).find((job) => job.includes(runId))!;
      if (isAlone && other === null) return;
      if (to === "front") for (const mate of mates) place.run(other!, mate);
      // Arms of a pair that got a process each are several jobs at one position: to move between them all are numbered anew.
      else if (!isAlone || jobsAt(other).length > 1) {
        for (const [index, job] of movedIn(jobsOf(waiting.all(everyRow)), runId, to).entries())
          for (const each of job) place.run(index + 1, each);
      } else {
        for (const each of jobsAt(other).flat()) place.run(position, each);
        for (const mate of mates) place.run(other!, mate);
      }
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
    /** Runs of experiments of several blocks that were training when their engine ended: they need no answer, unless that keeps happening to them. */
    interruptedAmongMany(): readonly number[] {
      return awaitingOfMany.all();
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

/** SQLite reads them all. */
const everyRow = -1;

/** The first jobs and no more rows than that takes: of the last row it cannot be known whether its job goes on. */
function firstJobs(most: number, read: (rows: number) => readonly WaitingRow[]): readonly WaitingJob[] {
  if (most === Number.POSITIVE_INFINITY) return jobsOf(read(everyRow));
  for (let rows = 2 * most + 1; ; rows *= 2) {
    const some = read(rows);
    const jobs = jobsOf(some);
    if (some.length < rows || jobs.length > most) return jobs.slice(0, most);
  }
}

/** The jobs with the one that has this run moved. */
export function movedIn(jobs: readonly WaitingJob[], runId: number, to: QueueMove): readonly WaitingJob[] {
  const from = jobs.findIndex((job) => job.includes(runId));
  const job = jobs[from];
  if (!job) return jobs;
  const target = { front: 0, up: Math.max(0, from - 1), down: from + 1 }[to];
  return jobs.toSpliced(from, 1).toSpliced(target, 0, job);
}

/** Runs that share a process have one position in the queue, and follow each other by number. */
function jobsOf(rows: readonly WaitingRow[]): readonly WaitingJob[] {
  const jobs: number[][] = [];
  let before: WaitingRow | null = null;
  for (const row of rows) {
    const isShared = row.experiment_id !== null && row.has_own_process === 0;
    if (isShared && before?.experiment_id === row.experiment_id && before.block === row.block)
      jobs.at(-1)!.push(row.id);
    else jobs.push([row.id]);
    before = isShared ? row : null;
  }
  return jobs;
}
