/** What a bundle says of a run, without where things are on the machine that it is from. */
import { basename } from "node:path";
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { ExperimentRequest } from "../../contract/experiment.ts";
import { unknownPlace } from "../../contract/run-bundle.ts";

/** @param name of the data set */
export function configurationWithoutPlaces(configuration: RunConfiguration, name: string): RunConfiguration {
  const { dataset, initialWeights } = configuration;
  return {
    ...configuration,
    dataset: dataset.kind === "folder" ? { ...dataset, path: unknownPlace(name) } : dataset,
    ...(initialWeights && { initialWeights: { ...initialWeights, path: unknownPlace(basename(initialWeights.path)) } }),
  };
}

export function requestWithoutPlaces(request: ExperimentRequest, name: string): ExperimentRequest {
  return { ...request, configuration: configurationWithoutPlaces(request.configuration, name) };
}
