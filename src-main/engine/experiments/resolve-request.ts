/** What an experiment's networks bring, found once before the start, with the epochs that fit in a number of minutes on this machine. */
import { runConfiguration } from "../../contract/configuration.ts";
import type { DatasetView } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import { type ExperimentRequest, type NetworkPresets, networkSetting } from "../../contract/experiment.ts";
import { configurationWith } from "../../domain/experiments/experiment-plan.ts";
import { baseOfLevel, epochsWithin } from "../../domain/networks/network-presets.ts";
import type { Estimator } from "../estimation/estimate.ts";
import { resolveNetworks } from "../models/resolve-networks.ts";

/**
 * The request as it would be recorded. What was found before stays as it is. With a number of minutes, each network's epoch is estimated as one run alone takes on
 * every thread that the machine lends, by earlier runs or by a few steps that are tried now.
 * @throws StrataError what `resolveNetworks` and an estimate throw, and `experiment.untimed`
 */
export type ResolveRequest = (
  request: ExperimentRequest,
  view: Pick<DatasetView, "classes">,
  signal?: AbortSignal,
) => Promise<ExperimentRequest>;

export function createRequestResolver({ estimate }: Pick<Estimator, "estimate">): ResolveRequest {
  return async (asked, view, signal) => {
    const request = resolveNetworks(asked, view.classes.length);
    const { networks } = request;
    if (networks === undefined || networks.minutes === null) return request;
    const resolved: NetworkPresets["resolved"] = [];
    // One after another: what is measured has the machine to itself.
    for (const network of networks.resolved) {
      if (network.secondsPerEpoch !== null) {
        resolved.push(network);
        continue;
      }
      signal?.throwIfAborted();
      const level = [{ setting: networkSetting, value: network.model }];
      const configuration = runConfiguration.parse(configurationWith(baseOfLevel(request, level), level));
      const { secondsPerEpoch } = await estimate([configuration], signal);
      if (secondsPerEpoch === null) throw new StrataError("experiment.untimed", { model: network.model });
      const epochs = epochsWithin(networks.minutes, secondsPerEpoch);
      const changes = network.changes.map((one) => (one.setting === "epochs" ? { ...one, value: epochs } : one));
      resolved.push({ ...network, changes, secondsPerEpoch });
    }
    return { ...request, networks: { ...networks, resolved } };
  };
}
