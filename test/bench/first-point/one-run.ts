/**
 * One training in a process of its own: `node one-run.ts <pictures> <network[:pixels:width:batch]> <epochs> <first|beside> <home>`. Prints when its first step
 * and each of its epochs were done, in seconds since the process began. `first`: all pictures are decoded before training, as they were before they were
 * decoded beside it.
 */
import { preparePictures } from "../../../src-main/batches/picture-cache.ts";
import { runConfiguration } from "../../../src-main/contract/configuration.ts";
import type { TrainingEvent } from "../../../src-main/contract/events.ts";
import { openDataset } from "../../../src-main/datasets/open-dataset.ts";
import { trainDefaults } from "../../../src-main/engine/models/train-defaults.ts";
import { pathsOf } from "../../../src-main/platform/paths.ts";
import { runTraining } from "../../../src-main/training/run-training.ts";
import { parseNetwork } from "../parse-network.ts";

export interface RunTold {
  readonly firstPointSeconds: number;
  readonly epochSeconds: readonly number[];
  /** Of the processor, from the beginning to the end of the last epoch. */
  readonly cpuSeconds: number;
  readonly losses: readonly number[];
}

const [folder, network, epochs, order, home] = process.argv.slice(2);
if (!folder || !network || !home) throw new Error("Name pictures, a network, epochs, an order and a home.");
const source = { kind: "folder", path: folder } as const;
const dataset = await openDataset(source);
const { batchSize, ...named } = parseNetwork(network);
const { model, training } = trainDefaults(named);
const settings = { ...training, epochs: Number(epochs), batchSize: batchSize ?? training.batchSize };
const configuration = runConfiguration.parse({ dataset: source, model, training: settings, seed: 1 });
const { inputPixels } = model;
const paths = pathsOf(home);

// What a training process has behind it before it is told what to do.
const begunAt = performance.now();
const cpuBefore = process.cpuUsage();
const seconds = () => (performance.now() - begunAt) / 1e3;
if (order === "first") {
  const cacheFolder = paths.pictureCache;
  const cache = await preparePictures({ dataset, inputPixels, resize: configuration.resize, cacheFolder });
  await cache.close();
}
const points: number[] = [];
const epochSeconds: number[] = [];
const losses: number[] = [];
let cpuSeconds = 0;
const sink = async (event: TrainingEvent) => {
  if (event.kind === "points") {
    points.push(seconds());
    losses.push(...event.points.filter(({ metric }) => metric === "objective").map(({ value }) => value));
  }
  if (event.kind === "epoch-ended") {
    epochSeconds.push(seconds());
    const { user, system } = process.cpuUsage(cpuBefore);
    cpuSeconds = (user + system) / 1e6;
  }
  if (event.kind === "ended" && event.error) throw new Error(event.error.problem);
};
await runTraining({ dataset, arms: [configuration], paths, checkpointFolder: "bench", resumeFrom: null }, sink, {
  reason: null,
});
console.log(JSON.stringify({ firstPointSeconds: points[0]!, epochSeconds, cpuSeconds, losses } satisfies RunTold));
process.exit(0);
