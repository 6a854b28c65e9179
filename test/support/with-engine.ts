/** A real engine, with its server where asked, on a home of its own that is removed afterwards. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TrainingSettings } from "../../src-main/contract/configuration.ts";
import type { EngineEvent } from "../../src-main/contract/events.ts";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { createEngine, type Engine, type EngineOptions } from "../../src-main/engine/create-engine.ts";
import type { Waits } from "../../src-main/engine/waits.ts";
import { type Paths, pathsOf } from "../../src-main/platform/paths.ts";
import { createServer, type Server, type ServerOptions } from "../../src-main/server/create-server.ts";
import { experimentOf, type Pair } from "./experiment-of.ts";
import { plainTraining } from "./plain-training.ts";

export const scriptedTrainer = fileURLToPath(new URL("./scripted-trainer.ts", import.meta.url));

/** So that no test waits for what happens every few seconds. */
const shortWaits: Partial<Waits> = { newsMillis: 20, heartbeatMillis: 100 };

export interface TestEngine {
  readonly engine: Engine;
  readonly paths: Paths;
  close(): Promise<void>;
}

/** Trains by the script unless `trainerEntry` names another process; undefined there takes the real trainer. */
export async function startEngine(options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const isOwnHome = options.paths === undefined;
  const paths = options.paths ?? pathsOf(await mkdtemp(join(tmpdir(), "strata-test-")));
  const engine = await createEngine({
    ...{ version: "0.0.0", trainerEntry: scriptedTrainer },
    ...options,
    waits: { ...shortWaits, ...options.waits },
    paths,
  });
  return {
    engine,
    paths,
    async close() {
      await engine.close();
      if (isOwnHome) await rm(paths.home, { recursive: true, force: true });
    },
  };
}

export async function startServer(
  engineOptions: Partial<EngineOptions> = {},
  serverOptions: Partial<ServerOptions> = {},
): Promise<TestEngine & { readonly server: Server }> {
  const started = await startEngine(engineOptions);
  const server = await createServer({ engine: started.engine, ...serverOptions }).catch(async (thrown: unknown) => {
    await started.close();
    throw thrown;
  });
  return {
    ...started,
    server,
    async close() {
      await started.close();
      await server.close();
    },
  };
}

/** 100 drawn pictures of 16 px: 80 to train, 10 to validate, 10 to test; the seed chooses the script. */
export function requestFor(
  seed: number,
  change: { readonly training?: Partial<TrainingSettings>; readonly pair?: Pair | null } = {},
): ExperimentRequest {
  return experimentOf(
    {
      dataset: { kind: "drawn", pictures: 100, pixels: 16, difficulty: 0.3, seed: 1 },
      model: { id: "inception-v3", inputPixels: 32, width: 0.25 },
      resize: usualResize,
      training: { ...plainTraining, ...change.training },
      seed,
    },
    change.pair,
  );
}

/** The first event that answers the question. */
export async function eventWhere<T>(engine: Engine, find: (event: EngineEvent) => T | undefined): Promise<T> {
  const done = new AbortController();
  try {
    for await (const event of engine.feed.subscribe(done.signal)) {
      const found = find(event);
      if (found !== undefined) return found;
    }
  } finally {
    done.abort();
  }
  throw new Error("The engine closed before it happened.");
}

/** The run as it is once it is over. */
export function whenOver(engine: Engine, runId: number): Promise<RunView> {
  const isOver = (run: RunView) => run.id === runId && run.endReason !== null;
  return eventWhere(engine, (event) => {
    if (event.kind === "snapshot") return [engine.runs.get(runId)].find(isOver);
    return event.kind === "run" && isOver(event.run) ? event.run : undefined;
  });
}

/** Once the run's training has come to this step: of one that goes on, the process that paused may still be there. */
export async function whenAtStep(engine: Engine, runId: number, step: number): Promise<void> {
  await eventWhere(engine, (event) => {
    if (engine.runs.get(runId).state !== "running") return undefined;
    const active = event.kind === "snapshot" || event.kind === "progress" ? event.active : [];
    return active.some((job) => job.runIds.includes(runId) && job.step >= step) || undefined;
  });
}
