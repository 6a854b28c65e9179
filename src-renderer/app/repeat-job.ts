/** The way from a recorded run to the Train page, filled as that run was set up. Nothing starts by itself. */

import type { DatasetsState } from "../entities/dataset/datasets.svelte.ts";
import type { RepeatJob } from "../entities/run/repeating.ts";
import type { BeginState } from "../features/train/experiment/begin.svelte.ts";
import type { ExperimentState } from "../features/train/experiment/experiment.svelte.ts";
import type { RouterState } from "../lib/router.svelte.ts";

/** What repeating a run changes. */
export interface RepeatParts {
  readonly experiment: ExperimentState;
  readonly begin: BeginState;
  readonly datasets: DatasetsState;
  readonly router: Pick<RouterState, "go">;
}

export function repeatJobBy({ experiment, begin, datasets, router }: RepeatParts): RepeatJob {
  return (run, job, pictures = run.configuration.dataset) => {
    experiment.takeRun(run, job);
    begin.forget();
    void datasets.inspect(pictures);
    router.go({ page: "train" });
  };
}
