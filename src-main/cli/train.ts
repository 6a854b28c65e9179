/** `strata train`: one run or a pair, to its end; `strata resume`: one that ended before it. */
import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import type { TrainRequest } from "../contract/configuration.ts";
import type { DatasetSource } from "../contract/dataset.ts";
import { StrataError } from "../contract/errors.ts";
import type { MemoryEstimate } from "../contract/run.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, jsonOption } from "./command.ts";
import { wholeFlag } from "./flags.ts";
import { type FollowFlags, followTraining, respondWithRuns } from "./follow-training.ts";
import { gigabytes } from "./format.ts";
import { type CliIo, UsageError } from "./io.ts";
import { dataVersionOption, inspectAs } from "./read-as.ts";
import { followSweep } from "./sweep.ts";
import { addTrainFlags, requestOf, type TrainFlags } from "./train-flags.ts";
import { withEngine } from "./with-engine.ts";

export function addTrain(program: Command, context: CommandContext): void {
  const { io } = context;
  addTrainFlags(
    program.command("train").description("train one network, or a pair that differs in one setting"),
  ).action(async (flags: TrainFlags) => {
    const asked = requestOf(flags);
    const environment = flags.keepGraph === undefined ? {} : { STRATA_KEEP_GRAPH: resolve(flags.keepGraph) };
    const runs = await withEngine(
      io,
      async (api) => {
        const { source } = await inspectAs(io, api, asked.configuration.dataset, flags);
        return startAndFollow(io, api, flags, { ...asked, configuration: { ...asked.configuration, dataset: source } });
      },
      environment,
    );
    respondWithRuns(context, flags, runs);
  });

  program
    .command("repeat")
    .description("train a run again as it was set up, with its arm-mate; or so on another version of its pictures")
    .argument("<run>", "its number", wholeFlag)
    .addOption(dataVersionOption())
    .option(...jsonOption)
    .option("--events", "with --json: print one event a line instead")
    .action(async (runId: number, { dataVersion, ...flags }: FollowFlags & { readonly dataVersion?: string }) => {
      if (flags.events && !flags.json) throw new UsageError("--events needs --json.");
      const runs = await withEngine(io, async (api) => {
        const { configuration, pair } = await api.runs.get({ runId });
        const { source } = await inspectAs(io, api, onVersion(configuration.dataset, dataVersion), { dataVersion });
        return startAndFollow(io, api, flags, { pair, configuration: { ...configuration, dataset: source } });
      });
      respondWithRuns(context, flags, runs);
    });

  program
    .command("resume")
    .description("go on with a run that was paused, stopped or interrupted, and with its arm-mate; or with a sweep")
    .argument("[run]", "its number", wholeFlag)
    .option("--sweep <number>", "finish what is left of this sweep instead", wholeFlag)
    .option(...jsonOption)
    .option("--events", "with --json: print one event a line instead")
    .action(async (runId: number | undefined, { sweep, ...flags }: FollowFlags & { readonly sweep?: number }) => {
      if (flags.events && !flags.json) throw new UsageError("--events needs --json.");
      if ((runId === undefined) === (sweep === undefined))
        throw new UsageError("Name one run, or a sweep with --sweep.");
      if (sweep !== undefined) return followSweep(context, flags, (api) => api.sweeps.goOn({ sweepId: sweep }));
      if (runId === undefined) return;
      const runs = await withEngine(io, (api) =>
        followTraining(io, api, flags, async () => (await resumeOnceFree(api, runId)).runIds),
      );
      respondWithRuns(context, flags, runs);
    });
}

async function startAndFollow(io: CliIo, api: EngineCaller, flags: FollowFlags, request: TrainRequest) {
  const memory = await api.training.memory(request);
  if (!memory.doesFit) io.err(`${memoryWarning(memory, request.configuration.training.batchSize)}\n`);
  return followTraining(io, api, flags, async () => (await api.training.start(request)).runIds);
}

/** Where a version is named, 0 among them, the pictures as they stand on disk are what it is a version of. */
function onVersion(source: DatasetSource, dataVersion: string | undefined): DatasetSource {
  if (source.kind !== "folder" || dataVersion === undefined) return source;
  const { version: _, ...onDisk } = source;
  return onDisk;
}

const mostWaitMillis = 15_000;

/** Where another process trains it, that may be about to end: killed together with its launcher, say. Throws `run.active` where it is not. */
async function resumeOnceFree(api: EngineCaller, runId: number): Promise<{ readonly runIds: readonly number[] }> {
  for (const startedAt = performance.now(); ; await pause(500)) {
    try {
      return await api.training.resume({ runId });
    } catch (thrown) {
      const isActive =
        thrown instanceof Error && thrown.cause instanceof StrataError && thrown.cause.code === "run.active";
      if (!isActive || performance.now() - startedAt > mostWaitMillis) throw thrown;
    }
  }
}

/** It is no refusal: a prediction may be wrong, and other programs may end. */
function memoryWarning({ peakBytes, freeBytes, batchThatFits }: MemoryEstimate, batchSize: number): string {
  const problem = `Warning: a batch of ${batchSize} would take about ${gigabytes(peakBytes)} of memory, and ${gigabytes(freeBytes)} is free.`;
  if (batchThatFits === null) return `${problem} No batch fits: use smaller pictures or a narrower network.`;
  return `${problem} --batch ${batchThatFits} would fit.`;
}
