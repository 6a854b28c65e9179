/** The way from a recorded run to the Train page, filled as that run was set up. Nothing starts by itself. */

import { datasets } from "../entities/dataset/datasets.svelte.ts";
import type { RepeatJob } from "../entities/run/repeating.ts";
import { begin } from "../features/train/experiment/begin.svelte.ts";
import { experiment } from "../features/train/experiment/experiment.svelte.ts";
import { sweep } from "../features/train/sweep/sweep.svelte.ts";
import { emptySweep } from "../features/train/sweep/sweep-draft.ts";
import { router } from "../lib/router.svelte.ts";

export const repeatJob: RepeatJob = (run, job) => {
  experiment.takeRun(run, job);
  // Values that were to vary in another experiment would make this one a sweep.
  sweep.edit(emptySweep);
  begin.forget();
  void datasets.inspect(run.configuration.dataset);
  router.go({ page: "train" });
};
