/** An engine for one command, called through the same table of endpoints as the window's: one of its own, unless it is given another. */
import { createEngine, type Engine, type EngineOptions } from "../engine/create-engine.ts";
import { createCaller, type EngineCaller } from "../engine/router.ts";
import { type Log, openLog } from "../platform/log.ts";
import { homeFolder, pathsOf } from "../platform/paths.ts";
import { strataVersion } from "../platform/version.ts";
import type { CliIo } from "./io.ts";

export async function openEngine(
  { environment, trainerEntry, err }: CliIo,
  options: Pick<EngineOptions, "trainerEnvironment" | "keepsQueue"> = {},
): Promise<{ readonly engine: Engine; readonly log: Log }> {
  const paths = pathsOf(homeFolder(environment));
  const { STRATA_THREADS, STRATA_RUNS_AT_ONCE } = environment;
  const trainerEnvironment = { STRATA_THREADS, STRATA_RUNS_AT_ONCE, ...options.trainerEnvironment };
  const { log, problem } = openLog(paths);
  const version = strataVersion();
  const engine = await createEngine({ paths, version, log, trainerEntry, ...options, trainerEnvironment });
  // Not before: where the whole home cannot be written, that is what there is to say.
  if (problem !== null) err(`${problem}\n`);
  return { engine, log };
}

/** For what needs no record, so that it is answered where none can be opened, too. */
export function recordlessApi({ api }: CliIo): Pick<EngineCaller, "models"> {
  return api ?? createCaller({});
}

/** @param trainerEnvironment variables that training processes have otherwise than this one */
export async function withEngine<T>(
  io: CliIo,
  work: (api: EngineCaller) => Promise<T>,
  trainerEnvironment?: NodeJS.ProcessEnv,
): Promise<T> {
  if (io.api) return work(io.api);
  const { engine } = await openEngine(io, { trainerEnvironment });
  if (engine.recordNews !== null) io.err(`${engine.recordNews}\n`);
  try {
    return await work(createCaller({ engine }));
  } finally {
    await engine.close();
  }
}
