/** What a bundle says of a run, without where things are on the machine that it is from. */
import { basename } from "node:path";
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { ExperimentRequest } from "../../contract/experiment.ts";
import { unknownPlace } from "../../contract/run-bundle.ts";
import { openWeights, writeWeights } from "../../models/weights-file.ts";

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

/** The same tensors, in a file that does not say where the pictures lie. @param name of the data set @throws StrataError `weights.*` */
export function weightsWithoutPlaces(path: string, name: string, to: string): void {
  const from = openWeights(path);
  try {
    const { description, shapes } = from;
    const { trained } = description;
    const told = trained && { ...trained, configuration: configurationWithoutPlaces(trained.configuration, name) };
    const tensors = [...shapes].map(([tensor, shape]) => ({ name: tensor, shape, values: () => from.read(tensor) }));
    writeWeights(to, { ...description, trained: told }, tensors, "person");
  } finally {
    from.close();
  }
}
