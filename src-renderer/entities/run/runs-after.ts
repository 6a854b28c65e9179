/** What an event of the engine makes of the runs that a window holds. */
import type { EngineEvent } from "../../../src-main/contract/events.ts";
import type { RunView } from "../../../src-main/contract/run.ts";

export type RunsById = ReadonlyMap<number, RunView>;

/** A new map where the event speaks of runs that are held or have to be, the same one where it does not; null stays until a snapshot has come. */
export function runsAfter(before: RunsById | null, event: EngineEvent): RunsById | null {
  switch (event.kind) {
    case "snapshot":
      return new Map(event.runs.map((run) => [run.id, run]));
    case "run":
      if (before === null || !(before.has(event.run.id) || isNeeded(event.run))) return before;
      return new Map(before).set(event.run.id, event.run);
    case "runs-removed": {
      const removed = event.runIds.filter((id) => before?.has(id));
      if (before === null || removed.length === 0) return before;
      const after = new Map(before);
      for (const id of removed) after.delete(id);
      return after;
    }
    default:
      return before;
  }
}

/** Whatever page is open. */
function isNeeded({ state, awaitsAnswer }: RunView): boolean {
  return state === "running" || awaitsAnswer;
}
