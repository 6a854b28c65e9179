/** The Train page's state over one scripted engine, as the app constructs it. */

import { modelList } from "../../../src-main/engine/models/model-list.ts";
import { DatasetsState } from "../../../src-renderer/entities/dataset/datasets.svelte.ts";
import { NetworkListState } from "../../../src-renderer/entities/network/network-list.svelte.ts";
import { BeginState } from "../../../src-renderer/features/train/experiment/begin.svelte.ts";
import { ExperimentState } from "../../../src-renderer/features/train/experiment/experiment.svelte.ts";
import { ToastsState } from "../../../src-renderer/lib/toasts.svelte.ts";
import { type Answers, scriptedEngine } from "./scripted-engine.ts";

export function trainStates(answers: Answers = {}) {
  const engine = scriptedEngine({ "models.list": modelList, ...answers });
  const { api, connection } = engine;
  const toasts = new ToastsState();
  const datasets = new DatasetsState(api, connection);
  const networkList = new NetworkListState(api);
  const begin = new BeginState(api);
  const experiment = new ExperimentState({ api, toasts, datasets, networkList, begin });
  return { ...engine, toasts, datasets, networkList, begin, experiment };
}

/** As the page is once its networks are known: filled from the first preset of the first one. */
export async function filledTrainStates(answers: Answers = {}) {
  const states = trainStates(answers);
  await states.networkList.load();
  const [first] = states.networkList.families;
  if (!first) throw new Error("The networkList is empty");
  await states.experiment.begin(first);
  states.calls.length = 0;
  return { ...states, first };
}
