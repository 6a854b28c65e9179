/** What of its own data set each channel of a row answers to strongest. */
import { StrataError } from "../../contract/errors.ts";
import type { ChannelPictures, StrongestPictures } from "../../contract/inference.ts";
import type { RunWeights } from "../../contract/weights.ts";
import { classSelectivity, strongestRows } from "../../domain/inspections/strongest-pictures.ts";
import { spreadOver } from "../../domain/spread-over.ts";
import type { InferenceTaskOf } from "../../inference/tasks.ts";
import { architectureOf } from "../models/model-list.ts";
import type { AskedNetwork, InferenceTools } from "./inference-tools.ts";

/** Of validation pictures, since training pictures are known to the network; of these where a data set has no others. */
const splits = ["validation", "test", "train"] as const;
/** A network as large as Inception-v3 looks at fewer, so that a person does not wait for minutes. */
const [fewestPictures, mostPictures, mostMultiplyAdds] = [64, 512, 3e11];
const strongestShown = 8;

/** @throws StrataError `inference.no-split`, `inference.no-row`, `weights.*`, `data.*`, `file.no-answer`; the signal's reason */
export async function strongestPictures(
  { path, network }: AskedNetwork,
  { from: { runId }, row }: { readonly from: RunWeights; readonly row: string },
  { store, paths, process }: Pick<InferenceTools, "store" | "paths" | "process">,
  signal: AbortSignal,
): Promise<StrongestPictures> {
  const { id: datasetId } = store.runs.get(runId).dataset;
  const { source, classes } = store.datasets.view(datasetId);
  const [listed] = splits
    .map((split) => ({ split, examples: store.datasets.examplesOfSplit(datasetId, split) }))
    .filter(({ examples }) => examples.length > 0);
  if (listed === undefined) throw new StrataError("inference.no-split", { split: splits[0] });
  const { multiplyAdds } = architectureOf({ ...network.model, classes: network.classes });
  const most = Math.max(fewestPictures, Math.min(mostPictures, Math.floor(mostMultiplyAdds / multiplyAdds)));
  const pictures = spreadOver(listed.examples, most);
  const task: InferenceTaskOf<"peaks"> = {
    ...{ kind: "peaks", network: { path }, resize: network.resize, row },
    pictures: { kind: "listed", source, pictures, cacheFolder: paths.pictureCache },
  };
  const { refused, ...given } = await process.ask<"peaks">(task, signal);
  const answered = pictures.filter((_, at) => refused[at] === null);
  const classOf = answered.map(({ label }) => classes[label]?.name ?? null);
  const channelOf = (channel: number): ChannelPictures => ({
    strongest: strongestRows(given, channel, strongestShown).map((at) => {
      const place = given.places[at * given.channels + channel]!;
      return {
        example: answered[at]!.index,
        value: given.peaks[at * given.channels + channel]!,
        ...{ x: place % given.width, y: Math.floor(place / given.width) },
        className: classOf[at] ?? null,
      };
    }),
    selectivity: classSelectivity(given, channel, classOf),
  });
  return {
    ...{ datasetId, split: listed.split, pictures: answered.length, all: listed.examples.length },
    channels: Array.from({ length: given.channels }, (_, channel) => channelOf(channel)),
  };
}
