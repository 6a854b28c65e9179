/** What is added to an experiment on record: seeds, and levels of settings that it varies already. */
import { z } from "zod";
import { runConfiguration } from "./configuration.ts";
import { mostExperimentRuns } from "./experiment.ts";

export const experimentGrowth = z.object({
  seeds: z.array(runConfiguration.shape.seed).max(mostExperimentRuns).default([]),
  levels: z
    .array(
      z.object({
        /** By the name of its row in the table of settings. */
        setting: z.string().min(1).max(100),
        values: z.array(z.json()).min(1).max(mostExperimentRuns),
      }),
    )
    .max(50)
    .default([]),
});
export type ExperimentGrowth = z.infer<typeof experimentGrowth>;
