/** How alike the layers of two networks, or of one, place the same pictures of a data set. */
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { LayerSimilarity } from "../../contract/inference.ts";
import { trunkLayers } from "../../domain/networks/trunk-layers.ts";
import { spreadOver } from "../../domain/spread-over.ts";
import type { AskedLayers } from "../../inference/tasks.ts";
import { createRandom } from "../../platform/random.ts";
import { architectureOf } from "../models/model-list.ts";
import type { AskedNetwork, InferenceTools } from "./inference-tools.ts";

const split: SplitName = "validation";
const mostLayers = 12;
/** Networks as large as Inception-v3 look at fewer, so that a person does not wait for minutes. */
const [fewestPictures, mostPictures, mostMultiplyAdds] = [64, 512, 3e11];
/** Two would do to look at. */
const significantDigits = 5;

/** @throws StrataError `inference.no-split`, `weights.*`, `data.*`, `file.no-answer`; the signal's reason */
export async function layerSimilarity(
  networks: readonly [AskedNetwork, AskedNetwork],
  runId: number,
  { store, paths, process }: Pick<InferenceTools, "store" | "paths" | "process">,
  signal: AbortSignal,
): Promise<LayerSimilarity> {
  const { id: datasetId } = store.runs.get(runId).dataset;
  const { source } = store.datasets.view(datasetId);
  const examples = store.datasets.examplesOfSplit(datasetId, split);
  if (examples.length === 0) throw new StrataError("inference.no-split", { split });
  const architectures = networks.map(({ network: { model, classes } }) => architectureOf({ ...model, classes }));
  const work = architectures.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0);
  const most = Math.max(fewestPictures, Math.min(mostPictures, Math.floor(mostMultiplyAdds / work)));
  const layersOf = (at: 0 | 1): AskedLayers => ({
    network: { path: networks[at].path },
    resize: networks[at].network.resize,
    rows: trunkLayers(architectures[at]!.rows, mostLayers),
  });
  const of = [layersOf(0), layersOf(1)] as const;
  // The list has its classes one behind the other, and a batch stands for all.
  const pictures = createRandom(0, "similarity").shuffle([...spreadOver(examples, most)]);
  const listed = { kind: "listed", source, pictures, cacheFolder: paths.pictureCache } as const;
  const found = await process.ask<"similarity">({ kind: "similarity", of, pictures: listed }, signal);
  return {
    ...{ rows: [of[0].rows, of[1].rows], split, pictures: found.pictures, batchSize: found.batchSize },
    all: examples.length,
    values: found.values.map((row) => row.map((value) => value && Number(value.toPrecision(significantDigits)))),
  };
}
