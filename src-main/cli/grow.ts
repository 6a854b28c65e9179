/** `strata grow`: more seeds, or more values of what it varies, for an experiment on record; only what is new is trained. */
import type { Command } from "commander";
import type { ExperimentEstimate, Factor } from "../contract/experiment.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import { seedsFlag, varyFlag } from "./experiment-flags.ts";
import { followExperiment, planInWords } from "./experiments.ts";
import { wholeFlag } from "./flags.ts";
import type { FollowFlags } from "./follow-training.ts";
import { UsageError } from "./io.ts";
import { withEngine } from "./with-engine.ts";

interface GrowFlags extends FollowFlags {
  readonly seeds?: readonly number[];
  readonly vary?: readonly Extract<Factor, { readonly setting: string }>[];
  readonly dryRun?: boolean;
}

export function addGrow(program: Command, context: CommandContext): void {
  const { io } = context;
  program
    .command("grow")
    .description("add seeds, or values of what it varies, to an experiment, and train only what is new")
    .argument("<experiment>", "its number", wholeFlag)
    .option("--seeds <list>", "seeds to add, as in 4,5", seedsFlag)
    .option("--vary <setting=values>", "values to add to a setting that it varies, as in learning-rate=0.3", addValues)
    .option("--dry-run", "only say how many runs it would be, and how long they would take")
    .option(...jsonOption)
    .option("--events", "with --json: print one event a line instead")
    .action(async (experimentId: number, { seeds = [], vary = [], dryRun, ...flags }: GrowFlags) => {
      if (flags.events && !flags.json) throw new UsageError("--events needs --json.");
      if (seeds.length + vary.length === 0)
        throw new UsageError("Name what is added: --seeds 4,5 or --vary learning-rate=0.3.");
      const growth = { seeds: [...seeds], levels: vary.map(({ setting, values }) => ({ setting, values })) };
      if (!dryRun) return followExperiment(context, flags, (api) => api.experiments.grow({ experimentId, growth }));
      const plan: ExperimentEstimate = await withEngine(io, (api) =>
        api.experiments.estimateGrowth({ experimentId, growth }),
      );
      respond(io, flags.json, plan, () => planInWords(plan));
    });
}

/** Commander hands over what was read before as a second value. */
function addValues(text: string, before: GrowFlags["vary"] = []): NonNullable<GrowFlags["vary"]> {
  return varyFlag(text, before);
}
