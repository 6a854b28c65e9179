/** Experiments, and which runs belong to them. */
import { StrataError } from "../contract/errors.ts";
import {
  type ExperimentRequest,
  type ExperimentSummary,
  type ExperimentsQuestion,
  experimentRequest,
  type Factor,
  settingsOfFactor,
} from "../contract/experiment.ts";
import type { EndReason, RunState } from "../contract/run.ts";
import { countBlocks } from "../domain/experiments/experiment-plan.ts";
import { settingOf } from "../domain/settings/settings.ts";
import type { Database } from "./database.ts";
import { createSetAside, type SetAside, storedJson } from "./stored-json.ts";

export interface ExperimentRecord {
  readonly id: number;
  readonly createdAt: string;
  readonly request: ExperimentRequest;
}

/** What its runs tell of it. */
export interface ExperimentShape {
  readonly blocks: number;
  /** Factors whose levels advance in step. */
  readonly differs: readonly Factor[];
}

/** What it asks for, in a list. */
export type ExperimentOutline = Pick<ExperimentSummary, "id" | "createdAt" | "factors" | "seeds">;

/** How many of its runs are in this state. */
export interface RunsInState {
  readonly state: RunState;
  readonly endReason: EndReason | null;
  readonly runs: number;
}

interface ExperimentRow {
  readonly id: number;
  readonly created_at: string;
  readonly request: string;
}

/** Of another version it may vary what this one does not have: then it is none that can be told of. */
const storedRequest = storedJson<ExperimentRequest>(
  experimentRequest.refine(
    ({ factors }) => factors.flatMap(settingsOfFactor).every((setting) => settingOf(setting) !== undefined),
    { error: "a setting is varied that there is not" },
  ),
);

export type ExperimentRecords = ReturnType<typeof createExperimentRecords>;

export function createExperimentRecords(database: Database, setAside: SetAside = createSetAside()) {
  const insert = database.prepare<[string, number, string]>(
    "INSERT INTO experiments (request, blocks, created_at) VALUES (?, ?, ?)",
  );
  const columns = "id, created_at, request";
  const byId = database.prepare<[number], ExperimentRow>(`SELECT ${columns} FROM experiments WHERE id = ?`);
  const all = database.prepare<[], ExperimentRow>(`
    SELECT ${columns} FROM experiments
    WHERE id IN (SELECT experiment_id FROM runs WHERE experiment_id IS NOT NULL AND deleted_at IS NULL)
    ORDER BY created_at DESC, id DESC`);
  const isShown = `blocks >= @leastBlocks
    AND EXISTS (SELECT 1 FROM runs WHERE experiment_id = experiments.id AND deleted_at IS NULL)`;
  const page = database.prepare<ExperimentsQuestion, Pick<ExperimentRow, "id" | "created_at">>(
    `SELECT id, created_at FROM experiments WHERE ${isShown} ORDER BY created_at DESC, id DESC LIMIT @most OFFSET @skip`,
  );
  const count = database
    .prepare<Pick<ExperimentsQuestion, "leastBlocks">, number>(`SELECT count(*) FROM experiments WHERE ${isShown}`)
    .pluck();
  const states = database.prepare<[number], RunsInState>(`
    SELECT state, end_reason AS endReason, count(*) AS runs FROM runs
    WHERE experiment_id = ? AND deleted_at IS NULL GROUP BY state, end_reason`);
  const runIds = database
    .prepare<[number], number>("SELECT id FROM runs WHERE experiment_id = ? AND deleted_at IS NULL ORDER BY id")
    .pluck();
  const claim = database.prepare<[string, number]>(`
    UPDATE runs SET owner_id = ?
    WHERE experiment_id = ? AND state = 'queued' AND owner_id NOT IN (SELECT id FROM engines)`);
  const elsewhere = database
    .prepare<[number, string], number>(
      "SELECT count(*) FROM runs WHERE experiment_id = ? AND state IN ('queued', 'running') AND owner_id <> ?",
    )
    .pluck();
  /** Growth leaves it as it was. */
  const halvings = new Map<number, ExperimentRequest["halving"]>();
  const grow = database.prepare<[string, number, number]>(
    "UPDATE experiments SET request = ?, blocks = ? WHERE id = ?",
  );
  const lastBlock = database
    .prepare<[number], number | null>("SELECT max(block) FROM runs WHERE experiment_id = ?")
    .pluck();
  /** As long as nothing was added, here or by another process. */
  const shapes = new Map<number, ExperimentShape & Pick<ExperimentSummary, "factors" | "seeds">>();

  const get = (experimentId: number): ExperimentRecord => {
    const row = byId.get(experimentId);
    if (!row) throw new StrataError("experiment.unknown", { experimentId });
    return recordOf(row);
  };

  const outlineOf = (experimentId: number) => {
    const known = shapes.get(experimentId);
    if (known) return known;
    const { request } = get(experimentId);
    const shape = {
      blocks: countBlocks(request),
      differs: request.factors.filter(({ isBlocked }) => isBlocked),
      factors: request.factors.map((one) => ({ settings: settingsOfFactor(one), isNamed: "arms" in one })),
      seeds: request.seeds.length,
    };
    shapes.set(experimentId, shape);
    return shape;
  };

  return {
    create(request: ExperimentRequest, createdAt: string): number {
      return Number(insert.run(JSON.stringify(request), countBlocks(request), createdAt).lastInsertRowid);
    },
    /** Throws `experiment.unknown`, and `store.unreadable`. */
    get,
    /** Of the same experiment, to which something was added. */
    grow(experimentId: number, request: ExperimentRequest): void {
      grow.run(JSON.stringify(request), countBlocks(request), experimentId);
      shapes.delete(experimentId);
    },
    /** The number that a block has which is added: those of removed runs are not given again. */
    nextBlock: (experimentId: number): number => (lastBlock.get(experimentId) ?? -1) + 1,
    /** Another process may have added something. */
    forgetShapes: (): void => shapes.clear(),
    /** Throws as `get` does. */
    shapeOf(experimentId: number): ExperimentShape {
      const { blocks, differs } = outlineOf(experimentId);
      return { blocks, differs };
    },
    /** Undefined for one without. Throws as `get` does. */
    halvingOf(experimentId: number): ExperimentRequest["halving"] {
      if (!halvings.has(experimentId)) halvings.set(experimentId, get(experimentId).request.halving);
      return halvings.get(experimentId);
    },
    /** Those that have runs, the newest first. */
    page(question: ExperimentsQuestion): readonly ExperimentOutline[] {
      return setAside.readable(page.all(question), ({ id, created_at: createdAt }) => {
        const { factors, seeds } = outlineOf(id);
        return { id, createdAt, factors, seeds };
      });
    },
    /** On all pages. */
    count: ({ leastBlocks }: Pick<ExperimentsQuestion, "leastBlocks">): number => count.get({ leastBlocks })!,
    /** What became of its runs so far. */
    states(experimentId: number): readonly RunsInState[] {
      return states.all(experimentId);
    },
    /** As `page`, all of them, with all that they ask for. */
    list(): readonly ExperimentRecord[] {
      return setAside.readable(all.all(), recordOf);
    },
    /** Its runs, in the order in which they were made. */
    runIds(experimentId: number): readonly number[] {
      return runIds.all(experimentId);
    },
    /** Makes this engine the owner of what waits of the experiment and belongs to nobody. @returns whether another engine has some of it */
    claim(experimentId: number, engineId: string): boolean {
      claim.run(engineId, experimentId);
      return elsewhere.get(experimentId, engineId)! > 0;
    },
  };
}

function recordOf({ id, created_at, request }: ExperimentRow): ExperimentRecord {
  return {
    id,
    createdAt: created_at,
    request: storedRequest(request, { table: "experiments", id, column: "request" }),
  };
}
