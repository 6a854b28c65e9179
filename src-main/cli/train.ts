/** `strata train`: one run or a pair, to its end; `strata resume`: one that ended before it. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { MemoryEstimate } from "../contract/run.ts";
import { type CommandContext, jsonOption } from "./command.ts";
import { wholeFlag } from "./flags.ts";
import { answerWithRuns, type FollowFlags, followTraining } from "./follow-training.ts";
import { gigabytes } from "./format.ts";
import { UsageError } from "./io.ts";
import { followSweep } from "./sweep.ts";
import { addTrainFlags, requestOf, type TrainFlags } from "./train-flags.ts";
import { withEngine } from "./with-engine.ts";

export function addTrain(program: Command, context: CommandContext): void {
  const { io } = context;
  addTrainFlags(
    program.command("train").description("train one network, or a pair that differs in one setting"),
  ).action(async (flags: TrainFlags) => {
    const request = requestOf(flags);
    const environment = flags.keepGraph === undefined ? {} : { STRATA_KEEP_GRAPH: resolve(flags.keepGraph) };
    const runs = await withEngine(
      io,
      async (api, engine) => {
        // A fresh look: the person names the folder now, so its pictures as they are now are meant.
        await api.data.inspect({ source: request.configuration.dataset });
        const memory = await api.training.memory(request);
        if (!memory.doesFit) io.err(`${memoryWarning(memory, request.configuration.training.batchSize)}\n`);
        return followTraining(io, engine, flags, async () => (await api.training.start(request)).runIds);
      },
      environment,
    );
    answerWithRuns(context, flags, runs);
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
      const runs = await withEngine(io, (api, engine) =>
        followTraining(io, engine, flags, async () => (await api.training.resume({ runId })).runIds),
      );
      answerWithRuns(context, flags, runs);
    });
}

/** It is no refusal: a prediction may be wrong, and other programs may end. */
function memoryWarning({ peakBytes, freeBytes, batchThatFits }: MemoryEstimate, batchSize: number): string {
  const problem = `Warning: a batch of ${batchSize} would take about ${gigabytes(peakBytes)} of memory, and ${gigabytes(freeBytes)} is free.`;
  if (batchThatFits === null) return `${problem} No batch fits: use smaller pictures or a narrower network.`;
  return `${problem} --batch ${batchThatFits} would fit.`;
}
