/**
 * The views of all runs, kept in memory: of a long list only what changed is read anew. SQLite itself says what did: triggers of this connection note the runs
 * that it touches, and `data_version` rises with whatever another process writes, after which all are read again.
 */
import type { RunView } from "../contract/run.ts";
import type { Database } from "./database.ts";

/** More are read with the whole list, which reads a run some times as fast as its own address does. */
const mostByAddress = 100;

/** The tables that a view is made of, by what names its run. Of points it is those after an epoch that the best is found by. */
const touched: readonly (readonly [table: string, runId: string, when?: string])[] = [
  ["runs", "id"],
  ["run_tags", "run_id"],
  ["checkpoints", "run_id"],
  ["evaluations", "run_id"],
  ["evaluation_values", "run_id"],
  ["points", "run_id", "cadence = 'epoch'"],
];

export interface KeptViews {
  /** The newest first; the same list while nothing changed. */
  list(): readonly RunView[];
}

export function createKeptViews(
  database: Database,
  read: { readonly all: () => readonly RunView[]; readonly one: (runId: number) => RunView | null },
): KeptViews {
  noteChanges(database);
  const changed = database.prepare<[number], number>("SELECT run_id FROM changed_runs LIMIT ?").pluck();
  const forget = database.prepare<[]>("DELETE FROM changed_runs");
  let seenVersion: unknown = null;
  let views: readonly RunView[] = [];

  const overlaid = (runIds: readonly number[]): readonly RunView[] => {
    const byId = new Map(views.map((view) => [view.id, view]));
    for (const runId of runIds) {
      const view = read.one(runId);
      if (view === null) byId.delete(runId);
      else byId.set(runId, view);
    }
    return [...byId.values()].sort((a, b) => b.id - a.id);
  };

  return {
    list() {
      const version = database.pragma("data_version", { simple: true });
      const runIds = changed.all(mostByAddress + 1);
      const isOther = version !== seenVersion || runIds.length > mostByAddress;
      if (!isOther && runIds.length === 0) return views;
      const latest = isOther ? read.all() : overlaid(runIds);
      // What is not committed yet may never be, and then nothing would say so.
      if (database.inTransaction) return latest;
      forget.run();
      seenVersion = version;
      views = latest;
      return views;
    },
  };
}

/** Not `OR IGNORE`: what the statement says that a trigger belongs to goes before it. */
const note = (runIds: string): string =>
  `INSERT INTO changed_runs SELECT id FROM (${runIds}) WHERE id NOT IN (SELECT run_id FROM changed_runs);`;

function noteChanges(database: Database): void {
  const triggers = touched.flatMap(([table, runId, when]) =>
    (["INSERT", "UPDATE", "DELETE"] as const).map((deed) => {
      const row = deed === "DELETE" ? "OLD" : "NEW";
      return `
        CREATE TEMP TRIGGER note_${deed}_${table} AFTER ${deed} ON main.${table} ${when ? `WHEN ${row}.${when}` : ""}
        BEGIN ${note(`SELECT ${row}.${runId} AS id`)} END;`;
    }),
  );
  // Its name and its classes are in every run's view.
  const ofDataset = `
    CREATE TEMP TRIGGER note_datasets AFTER UPDATE ON main.datasets WHEN OLD.name IS NOT NEW.name OR OLD.view IS NOT NEW.view
    BEGIN ${note("SELECT id FROM runs WHERE dataset_id = NEW.id")} END;`;
  // How many blocks it has is in every run's view.
  const ofExperiment = `
    CREATE TEMP TRIGGER note_experiments AFTER UPDATE ON main.experiments
    BEGIN ${note("SELECT id FROM runs WHERE experiment_id = NEW.id")} END;`;
  database.exec(
    `CREATE TEMP TABLE changed_runs (run_id INTEGER PRIMARY KEY); ${triggers.join("")} ${ofDataset} ${ofExperiment}`,
  );
}
