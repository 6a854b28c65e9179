/** The way from a recorded run to the Train page, filled as that run was set up. Nothing starts by itself. */
import type { RunView } from "../../src-main/contract/run.ts";
import { begin } from "./begin.svelte.ts";
import { datasets } from "./datasets.svelte.ts";
import { experiment } from "./experiment.svelte.ts";
import { router } from "./router.svelte.ts";
import { sweep } from "./sweep.svelte.ts";
import { emptySweep } from "./sweep-draft.ts";

/** @param job the run with its arm-mate, arm A first; the pair is repeated even where the mate was deleted */
export function repeatJob(run: RunView, job: readonly RunView[]): void {
  experiment.takeRun(run, job);
  // Values that were to vary in another experiment would make this one a sweep.
  sweep.edit(emptySweep);
  begin.forget();
  void datasets.inspect(run.configuration.dataset);
  router.go({ page: "train" });
}
