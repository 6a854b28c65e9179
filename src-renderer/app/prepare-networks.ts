/** The way from a lesson to the Train page, filled with networks to compare. Nothing starts by itself, and pictures stay as they were chosen. */
import { networkSetting } from "../../src-main/contract/experiment.ts";
import type { PrepareNetworks } from "../entities/experiment/prepare-networks.ts";
import type { NetworkListState } from "../entities/network/network-list.svelte.ts";
import { beginBySeed } from "../features/train/experiment/draft.ts";
import type { ExperimentState } from "../features/train/experiment/experiment.svelte.ts";
import { emptySweep, newLine } from "../features/train/sweep/sweep-draft.ts";
import type { RouterState } from "../lib/router.svelte.ts";

interface PrepareParts {
  readonly experiment: ExperimentState;
  readonly networkList: NetworkListState;
  readonly router: Pick<RouterState, "go">;
}

export function prepareNetworksBy({ experiment, networkList, router }: PrepareParts): PrepareNetworks {
  return async ({ networks, seeds }) => {
    if (networkList.list === null) await networkList.load();
    const base = networkList.get(networks.at(-1) ?? "");
    if (base === undefined) return;
    // What the tab kept is read first, so that it does not come over this later.
    if (experiment.draft === null) await experiment.begin(base);
    experiment.takeNetwork(base, "compact");
    // They would be held equal in all networks; the way back to them is offered.
    if (experiment.ownSettings > 0) experiment.dropOwnSettings();
    const lines = [{ ...newLine(networkSetting), text: networks.join(", ") }];
    const sweep = { ...emptySweep, lines };
    experiment.edit({ way: "sweep", begin: beginBySeed, sweep, seed: seeds.join(", ") });
    router.go({ page: "train" });
  };
}
