/** `strata train`: one run or a pair, to its end; `strata resume`: one that ended before it. */

import { resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Command } from "commander";
import type { DatasetSource } from "../contract/dataset.ts";
import type { MemoryEstimate } from "../contract/estimate.ts";
import type { ExperimentRequest } from "../contract/experiment.ts";
import { countBlocks } from "../domain/experiments/experiment-plan.ts";
import { scarceMemory } from "../domain/scarce-memory.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, jsonOption } from "./command.ts";
import { droppedLine, followExperiment, toldOnPictures } from "./experiments.ts";
import { wholeFlag } from "./flags.ts";
import { type FollowFlags, followTraining, respondWithRuns } from "./follow-training.ts";
import { gigabytes } from "./format.ts";
import { type CliIo, UsageError } from "./io.ts";
import { dataVersionOption, inspectAs } from "./read-as.ts";
import { isRefusedWith } from "./refused-with.ts";
import { addTrainFlags, requestOf, type TrainFlags } from "./train-flags.ts";
import { withEngine } from "./with-engine.ts";

export function addTrain(program: Command, context: CommandContext): void {
  const { io } = context;
  addTrainFlags(
    program.command("train").description("train one network, or several runs that differ in what is named"),
  ).action(async (flags: TrainFlags) => {
    const asked = requestOf(flags);
    const environment = flags.keepGraph === undefined ? {} : { STRATA_KEEP_GRAPH: resolve(flags.keepGraph) };
    const onPictures = (api: EngineCaller) => toldOnPictures(context, api, flags, asked);
    if (countBlocks(asked) > 1) {
      const start = async (api: EngineCaller) => startWarned(io, api, await onPictures(api));
      return followExperiment(context, flags, start, environment);
    }
    const follow = async (api: EngineCaller) => {
      const request = await onPictures(api);
      return followTraining(io, api, flags, async () => (await startWarned(io, api, request)).runIds);
    };
    respondWithRuns(context, flags, await withEngine(io, follow, environment));
  });

  program
    .command("repeat")
    .description("train a run again as it was set up, with its block; or so on another version of its pictures")
    .argument("<run>", "its number", wholeFlag)
    .addOption(dataVersionOption())
    .option(...jsonOption)
    .option("--events", "with --json: print one event a line instead")
    .action(async (runId: number, { dataVersion, ...flags }: FollowFlags & { readonly dataVersion?: string }) => {
      if (flags.events && !flags.json) throw new UsageError("--events needs --json.");
      const runs = await withEngine(io, async (api) => {
        const asked = await api.experiments.blockRequest({ runId });
        const onDisk = onVersion(asked.configuration.dataset, dataVersion);
        const { source, counts } = await inspectAs(io, api, onDisk, { dataVersion });
        const request = { ...asked, configuration: { ...asked.configuration, dataset: source } };
        if (!flags.json) io.err(droppedLine(counts.train, request));
        return followTraining(io, api, flags, async () => (await startWarned(io, api, request)).runIds);
      });
      respondWithRuns(context, flags, runs);
    });

  program
    .command("resume")
    .description("go on with a run that was paused, stopped or interrupted, and with its block; or with an experiment")
    .argument("[run]", "its number", wholeFlag)
    .option("--experiment <number>", "finish what is left of this experiment instead", wholeFlag)
    .option(...jsonOption)
    .option("--events", "with --json: print one event a line instead")
    .action(
      async (runId: number | undefined, { experiment, ...flags }: FollowFlags & { readonly experiment?: number }) => {
        if (flags.events && !flags.json) throw new UsageError("--events needs --json.");
        if ((runId === undefined) === (experiment === undefined))
          throw new UsageError("Name one run, or an experiment with --experiment.");
        if (experiment !== undefined)
          return followExperiment(context, flags, (api) => api.experiments.goOn({ experimentId: experiment }));
        if (runId === undefined) return;
        const runs = await withEngine(io, (api) =>
          followTraining(io, api, flags, async () => (await resumeOnceFree(api, runId)).runIds),
        );
        respondWithRuns(context, flags, runs);
      },
    );
}

/** Says first where the memory may not be there for it. */
async function startWarned(io: CliIo, api: EngineCaller, request: ExperimentRequest) {
  const memory = await api.training.memory(request);
  if (!memory.doesFit) io.err(`${memoryWarning(memory, request.configuration.training.batchSize)}\n`);
  return api.training.start(request);
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
      if (!isRefusedWith(thrown, "run.active") || performance.now() - startedAt > mostWaitMillis) throw thrown;
    }
  }
}

/** It is no refusal: a prediction may be wrong, and other programs may end. */
function memoryWarning(memory: MemoryEstimate, batchSize: number): string {
  const { peakBytes, freeBytes, of } = scarceMemory(memory);
  const { batchThatFits } = memory;
  const problem = `Warning: a batch of ${batchSize} would take about ${gigabytes(peakBytes)} of ${of}, and ${gigabytes(freeBytes)} is free.`;
  if (batchThatFits === null) return `${problem} No batch fits: use smaller pictures or a narrower network.`;
  return `${problem} --batch ${batchThatFits} would fit.`;
}
