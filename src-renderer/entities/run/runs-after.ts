/** What an event of the engine makes of the record of runs. */
import type { EngineEvent } from "../../../src-main/contract/events.ts";
import type { RunView } from "../../../src-main/contract/run.ts";

export type RunsById = ReadonlyMap<number, RunView>;

/** A new map where the event speaks of runs, the same one where it does not; null stays until a snapshot has come. */
export function runsAfter(before: RunsById | null, event: EngineEvent): RunsById | null {
  switch (event.kind) {
    case "snapshot":
      return new Map(event.runs.map((run) => [run.id, run]));
    case "run":
      return before === null ? null : new Map(before).set(event.run.id, event.run);
    case "runs-removed": {
      const removed = new Set(event.runIds);
      return before === null ? null : new Map([...before].filter(([id]) => !removed.has(id)));
    }
    default:
      return before;
  }
}
