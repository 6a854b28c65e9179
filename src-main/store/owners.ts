/**
 * Which engine trains which run. Several engines may have one record open (the app, and a command line beside it), so a run that seems to be training is
 * interrupted only when the engine that owns it is gone: its process does not live, or its heart has not beaten for `staleMillis`. A process is known by its
 * number and its start, since numbers are given again. How long a heart stands still is measured by the clock of whoever watches it: the time of day that is
 * written with a beat may be any, and counts only where a process is known by its number alone. What waits in the queue of an engine that is gone waits on.
 */
import type { Clock } from "../platform/clock.ts";
import { isProcessAlive, processStart } from "../platform/process-start.ts";
import { newerRecord } from "./backup.ts";
import { type Database, writing } from "./database.ts";
import { migrations, versionOf } from "./migrate.ts";
import { isToldToStop } from "./search-decisions.ts";

export const heartbeatMillis = 2_000;
export const staleMillis = 120_000;

interface EngineRow {
  readonly id: string;
  readonly pid: number;
  readonly process_start: string | null;
  readonly heartbeat_at: string;
}

const enginesSql = (start: string) => `SELECT id, pid, ${start} AS process_start, heartbeat_at FROM engines`;

export type OwnerRecords = ReturnType<typeof createOwnerRecords>;

export function createOwnerRecords(database: Database, isAlive: typeof isProcessAlive = isProcessAlive) {
  const beat = database.prepare<[string, number, string | null, string]>(`
    INSERT INTO engines (id, pid, process_start, heartbeat_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET heartbeat_at = excluded.heartbeat_at`);
  // An engine that slept longer than the limit may have been taken for dead; what it trains is not lost.
  const reclaim = database.prepare<[string, string]>(`
    UPDATE runs SET state = 'running', end_reason = NULL, ended_at = NULL, awaits_answer = 0, engine_deaths = engine_deaths - 1
    WHERE id IN (SELECT value FROM json_each(?)) AND owner_id = ? AND end_reason = 'engine-died'`);
  const leave = database.prepare<[string]>("DELETE FROM engines WHERE id = ?");
  const engines = database.prepare<[], EngineRow>(enginesSql("process_start"));
  const unfinishedOwners = database.prepare<[], { owner_id: string }>(
    "SELECT DISTINCT owner_id FROM runs WHERE state = 'running'",
  );
  const interrupt = database.prepare<[string, string], { id: number }>(`
    UPDATE runs SET state = 'interrupted', end_reason = 'engine-died', ended_at = ?, awaits_answer = 1, engine_deaths = engine_deaths + 1
    WHERE owner_id = ? AND state = 'running' RETURNING id`);
  /** What its search had told to stop goes on no further. */
  const halve = database.prepare<[string, string], { id: number }>(`
    UPDATE runs SET state = 'paused', end_reason = 'halved', ended_at = ? WHERE owner_id = ? AND state = 'running' AND ${isToldToStop} RETURNING id`);
  const running = database.prepare<
    [string],
    { id: number; stop_requested_at: string | null; pause_requested_at: string | null }
  >("SELECT id, stop_requested_at, pause_requested_at FROM runs WHERE owner_id = ? AND state = 'running'");
  const unfinishedElsewhere = database.prepare<[string, number], { id: number }>(
    "SELECT id FROM runs WHERE owner_id <> ? AND state IN ('queued', 'running') LIMIT ?",
  );

  /** Since when each heart stands as it does, by this process's clock. */
  const watched = new Map<string, { readonly beat: string; readonly since: number }>();
  const stillMillis = ({ id, heartbeat_at }: EngineRow, nowMillis: number): number => {
    const before = watched.get(id);
    if (before?.beat === heartbeat_at) return nowMillis - before.since;
    watched.set(id, { beat: heartbeat_at, since: nowMillis });
    return 0;
  };
  const isLiving = (engine: EngineRow, clock: Clock): boolean => {
    const still = stillMillis(engine, clock.monotonicMillis());
    if (!isAlive(engine.pid, engine.process_start) || still >= staleMillis) return false;
    // Its number may be another program's by now, and the time of day may have been set: two beats would tell.
    return engine.process_start !== null || isFresh(engine, clock.now()) || still < 2 * heartbeatMillis;
  };

  return {
    /**
     * This engine lives at `now`, and trains these runs. From here on no later program brings the record up; one that was faster is met with `store.newer`,
     * before anything is written in a form that it no longer has.
     */
    beat: writing(database, (engineId: string, pid: number, now: Date, activeRunIds: readonly number[]): void => {
      if (versionOf(database) > migrations.length) throw newerRecord(database.name, migrations.length);
      beat.run(engineId, pid, processStart(pid), now.toISOString());
      if (activeRunIds.length > 0) reclaim.run(JSON.stringify(activeRunIds), engineId);
    }),

    leave(engineId: string): void {
      leave.run(engineId);
    },

    /** Marks what engines that are gone were training as interrupted, or as halved, and says which runs these were. */
    interruptOrphans: writing(database, (clock: Clock): readonly number[] => {
      const living = new Set<string>();
      const lastBeats = new Map<string, string>();
      for (const engine of engines.all()) {
        if (isLiving(engine, clock)) living.add(engine.id);
        else {
          watched.delete(engine.id);
          lastBeats.set(engine.id, engine.heartbeat_at);
          leave.run(engine.id);
        }
      }
      const gone = unfinishedOwners.all().filter(({ owner_id }) => !living.has(owner_id));
      // Its runs ended when it was last seen alive, not when it was missed.
      const endOf = (ownerId: string) => lastBeats.get(ownerId) ?? clock.now().toISOString();
      return gone.flatMap(({ owner_id }) =>
        [halve, interrupt].flatMap((end) => end.all(endOf(owner_id), owner_id)).map(({ id }) => id),
      );
    }),

    /** The runs that train here by the record, with what somebody asked of them. */
    running(engineId: string): readonly { readonly runId: number; readonly wish: "stop" | "pause" | null }[] {
      return running.all(engineId).map((row) => ({ runId: row.id, wish: wishOf(row) }));
    },

    /** Queued and running runs of other engines, so many at most. */
    unfinishedElsewhere(engineId: string, most: number): readonly number[] {
      return unfinishedElsewhere.all(engineId, most).map(({ id }) => id);
    },
  };
}

function wishOf(row: { stop_requested_at: string | null; pause_requested_at: string | null }): "stop" | "pause" | null {
  if (row.stop_requested_at !== null) return "stop";
  return row.pause_requested_at === null ? null : "pause";
}

/** By the time of day, which may also have been set back since. */
function isFresh({ heartbeat_at }: EngineRow, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(heartbeat_at)) < staleMillis;
}

/** Engines that have the file open, as far as their heartbeats say; of a record of any version. */
export function livingEngines(database: Database, now: Date): readonly string[] {
  // Earlier versions did not record it.
  const hasStart = database.prepare("SELECT 1 FROM pragma_table_info('engines') WHERE name = 'process_start'").get();
  const engines = database.prepare<[], EngineRow>(enginesSql(hasStart ? "process_start" : "NULL")).all();
  return engines
    .filter(
      (engine) =>
        isProcessAlive(engine.pid, engine.process_start) && (engine.process_start !== null || isFresh(engine, now)),
    )
    .map(({ id }) => id);
}
