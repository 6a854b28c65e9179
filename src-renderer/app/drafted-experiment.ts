/** The Train page's experiment, as a lesson takes it: read there, and never changed. */
import type { DraftedExperiment } from "../entities/experiment/drafted-experiment.ts";
import type { NetworkListState } from "../entities/network/network-list.svelte.ts";
import type { ExperimentState } from "../features/train/experiment/experiment.svelte.ts";

interface DraftParts {
  readonly experiment: ExperimentState;
  readonly networkList: NetworkListState;
}

export function draftedExperimentBy({ experiment, networkList }: DraftParts): DraftedExperiment {
  return {
    get request() {
      return experiment.outcome.request;
    },
    async need() {
      if (networkList.list === null) await networkList.load();
      const [first] = networkList.families;
      if (experiment.draft === null && first) await experiment.begin(first);
    },
  };
}
