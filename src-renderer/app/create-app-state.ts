/** All that the pages know and can ask for: constructed here, in order, each with what it needs, and handed to the components as contexts. */
import { datasets } from "../entities/dataset/datasets.svelte.ts";
import { shelf } from "../entities/network/shelf.svelte.ts";
import { provideRepeatJob } from "../entities/run/repeating.ts";
import { provideRunTable, RunTableState } from "../features/runs/run-table.svelte.ts";
import { BeginState, provideBegin } from "../features/train/experiment/begin.svelte.ts";
import { EstimateState, provideEstimate } from "../features/train/experiment/estimate.svelte.ts";
import { ExperimentState, provideExperiment } from "../features/train/experiment/experiment.svelte.ts";
import { FileBrowserState, provideFileBrowser } from "../features/train/files/file-browser.svelte.ts";
import { provideSweep, SweepState } from "../features/train/sweep/sweep.svelte.ts";
import { api } from "../lib/engine/client.ts";
import { router } from "../lib/router.svelte.ts";
import { toasts } from "../lib/toasts.svelte.ts";
import { repeatJobBy } from "./repeat-job.ts";

export type AppState = ReturnType<typeof createAppState>;

export function createAppState() {
  const begin = new BeginState(api);
  const experiment = new ExperimentState({ api, toasts, datasets, shelf, begin });
  const sweep = new SweepState(api, experiment);
  return {
    estimate: new EstimateState(api),
    begin,
    experiment,
    sweep,
    repeatJob: repeatJobBy({ experiment, sweep, begin, datasets, router }),
    makeFileBrowser: () => new FileBrowserState(api),
    runTable: new RunTableState(),
  };
}

/** Called once, while the app's component is set up. */
export function provideAppState(state: AppState): void {
  provideEstimate(state.estimate);
  provideBegin(state.begin);
  provideExperiment(state.experiment);
  provideSweep(state.sweep);
  provideRepeatJob(state.repeatJob);
  provideFileBrowser(state.makeFileBrowser);
  provideRunTable(state.runTable);
}
