/** How much of the class can be read from each layer of a run's network by a straight cut. */
import type { SplitName } from "../../contract/dataset.ts";
import { StrataError } from "../../contract/errors.ts";
import type { LayerProbe, LayerProbes } from "../../contract/inference.ts";
import type { RunWeights } from "../../contract/weights.ts";
import { trunkLayers } from "../../domain/networks/trunk-layers.ts";
import { spreadOver } from "../../domain/spread-over.ts";
import { wilsonInterval } from "../../domain/statistics/wilson-interval.ts";
import type { RowProbes } from "../../inference/tasks.ts";
import { architectureOf } from "../models/model-list.ts";
import type { AskedNetwork, InferenceTools } from "./inference-tools.ts";

const mostLayers = 8;
/** A classifier of so many values a picture is fitted in seconds. */
const mostPixelsSide = 32;
/** To learn from, and to ask about. A network as large as Inception-v3 looks at fewer, so that a person does not wait for many minutes. */
const mostPictures = { train: 1_000, validation: 1_000 } as const;
const [fewestPictures, mostMultiplyAdds] = [200, 6e11];

/** @throws StrataError `inference.no-split`, `weights.*`, `data.*`, `file.no-answer`; the signal's reason */
export async function layerProbes(
  { path, network }: AskedNetwork,
  { from: { runId }, hasPixels }: { readonly from: RunWeights; readonly hasPixels: boolean },
  { store, paths, process }: Pick<InferenceTools, "store" | "paths" | "process">,
  signal: AbortSignal,
): Promise<LayerProbes> {
  const { id: datasetId } = store.runs.get(runId).dataset;
  const { source, classes } = store.datasets.view(datasetId);
  const { rows: table, multiplyAdds } = architectureOf({ ...network.model, classes: network.classes });
  const most = Math.max(fewestPictures, Math.floor(mostMultiplyAdds / multiplyAdds / 2));
  const listed = (split: Extract<SplitName, keyof typeof mostPictures>) => {
    const all = store.datasets.examplesOfSplit(datasetId, split);
    if (all.length === 0) throw new StrataError("inference.no-split", { split });
    const pictures = spreadOver(all, Math.min(most, mostPictures[split]));
    const labels = pictures.map(({ label }) => label);
    return {
      all: all.length,
      asked: { pictures: { kind: "listed", source, pictures, cacheFolder: paths.pictureCache }, labels } as const,
    };
  };
  const [train, validation] = [listed("train"), listed("validation")];
  const rows = trunkLayers(table, mostLayers);
  const pixelsSide = Math.min(network.model.inputPixels, mostPixelsSide);
  const found = await process.ask<"probes">(
    {
      ...{ kind: "probes", network: { path }, resize: network.resize, rows, classes: classes.length },
      ...{ pixelsSide: hasPixels ? pixelsSide : null, train: train.asked, validation: validation.asked },
    },
    signal,
  );
  const probeOf = (row: string, { channels, correct }: RowProbes["rows"][number]): LayerProbe => {
    const share = correct / found.validation;
    return { row, channels, share, interval: wilsonInterval(share, found.validation) };
  };
  return {
    layers: found.rows.map((own, at) => probeOf(rows[at]!, own)),
    pixels: found.pixels && { ...probeOf("pixels", found.pixels), side: pixelsSide },
    train: { pictures: found.train, all: train.all },
    validation: { pictures: found.validation, all: validation.all },
  };
}
