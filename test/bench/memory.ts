/**
 * Predicted against measured memory: `node test/bench/memory.ts [network:pixels:width:batch/optimiser/arms]…`, the points of docs/memory.md unless some are
 * named. Each is a real job of two epochs of four steps, with looks, checkpoints and weights kept, in a training process of its own; measured is the most
 * that the process held (VmHWM). Prints a table; memory does not depend on what else the machine does. A point with `average`, `bfloat16` or `float16`
 * as its fourth part keeps an average or computes in that precision.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Optimizer, type RunConfiguration, runConfiguration } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { realTrainer } from "../../src-main/engine/machine/diagnose.ts";
import { trainDefaults } from "../../src-main/engine/models/train-defaults.ts";
import { describeExit, startTrainer } from "../../src-main/engine/trainer/trainer-process.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { predictPeakBytes } from "../../src-main/training/measuring/predict-memory.ts";
import { parseNetwork } from "./parse-network.ts";

const points = [
  "linear-svm:32:1:64/adam",
  "lenet5:28:1:32/adam",
  "lenet5:32:1:256/adam",
  "alexnet:32:0.25:64/adam",
  "alexnet:227:1:32/sgd-plain",
  "alexnet:227:1:32/sgd",
  "alexnet:227:1:32/sgd/2",
  "alexnet:227:1:32/sgd/1/average",
  "alexnet:227:1:32/rmsprop",
  "alexnet:227:1:128/sgd",
  "nin:224:1:16/sgd",
  "vgg11:64:0.5:32/adam",
  "vgg16:32:0.25:64/adam",
  "vgg16:128:0.5:16/adam",
  "vgg16:224:1:8/sgd",
  "vgg16:224:1:8/sgd/2",
  "googlenet:224:1:16/sgd",
  "bn-inception:224:1:8/adam/2",
  "inception-v3:32:0.25:64/adam",
  "inception-v3:32:0.25:64/adam/2",
  "inception-v3:32:0.25:64/adam/1/bfloat16",
  "inception-v3:32:0.25:256/sgd",
  "inception-v3:75:0.5:32/rmsprop",
  "inception-v3:299:0.5:16/adam/2",
  "inception-v3:299:1:8/rmsprop",
  "inception-v3:299:1:8/rmsprop/2",
  "inception-v3:299:1:24/rmsprop",
];
const optimizers: Readonly<Record<string, Optimizer>> = {
  "sgd-plain": { kind: "sgd", momentum: 0, isNesterov: false },
  sgd: { kind: "sgd", momentum: 0.9, isNesterov: false },
  rmsprop: { kind: "rmsprop", decay: 0.9, momentum: 0.9, epsilon: 1, initialMeanSquare: 0 },
  adam: { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};
const steps = 4;

interface Point {
  readonly arms: readonly RunConfiguration[];
  readonly optimizer: string;
  readonly extra: string;
}

function pointOf(text: string): Point {
  const [network = "", optimizer = "adam", arms = "1", extra = ""] = text.split("/");
  const named = parseNetwork(network);
  const { model, training } = trainDefaults(named);
  const configuration = runConfiguration.parse({
    dataset: drawnSource.parse({ kind: "drawn" }),
    model,
    training: {
      ...training,
      epochs: 2,
      batchSize: named.batchSize ?? training.batchSize,
      optimizer: optimizers[optimizer],
      averageDecay: extra === "average" ? 0.99 : null,
      precision: extra === "bfloat16" || extra === "float16" ? extra : "float32",
    },
    seed: 1,
  });
  const smoothed = { ...configuration, training: { ...configuration.training, smoothing: 0.1 } };
  return { arms: [configuration, smoothed].slice(0, Number(arms)), optimizer, extra };
}

/** Four batches to train on, one to validate and one to test. */
async function picturesFor(batchSize: number): Promise<Dataset> {
  const whole = await openDataset(drawnSource.parse({ kind: "drawn", pictures: Math.max(100, 10 * batchSize) }));
  const wanted = { train: steps * batchSize, validation: batchSize, test: batchSize };
  const taken = { train: 0, validation: 0, test: 0 };
  const examples = whole.examples.filter(({ split }) => taken[split]++ < wanted[split]);
  return { ...whole, examples: examples.map((example, index) => ({ ...example, index })) };
}

async function measure({ arms }: Point, dataset: Dataset): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), "strata-memory-"));
  let peakBytes = 0;
  let problem: string | null = null;
  const trainer = startTrainer(realTrainer, (message) => {
    if (message.kind === "failed") problem = message.error.problem;
    if (message.kind !== "event") return;
    const { event } = message;
    if (event.kind === "memory") peakBytes = event.peakBytes;
    if (event.kind === "ended" && event.error) problem = event.error.problem;
    trainer.send({ kind: "received" });
  });
  const paths = pathsOf(home);
  trainer.send({ kind: "train", job: { dataset, arms, paths, checkpointFolder: "bench", resumeFrom: null } });
  const exit = await trainer.exited;
  rmSync(home, { recursive: true, force: true });
  if (problem !== null || peakBytes === 0) throw new Error(problem ?? describeExit(exit));
  return peakBytes;
}

const megabytes = (bytes: number) => Math.round(bytes / 1e6).toLocaleString("en");
console.log("| network | pixels | width | batch | optimiser | arms | predicted, MB | measured, MB | off by |");
console.log("|---|---|---|---|---|---|---|---|---|");
const errors: number[] = [];
for (const text of process.argv.length > 2 ? process.argv.slice(2) : points) {
  const point = pointOf(text);
  const { model, training } = point.arms[0]!;
  const dataset = await picturesFor(training.batchSize);
  const measured = await measure(point, dataset);
  const data = { classes: dataset.classNames.length, pictures: dataset.examples.length };
  const predicted = predictPeakBytes(point.arms, data);
  const error = predicted / measured - 1;
  errors.push(Math.abs(error));
  const cells = [
    ...[model.id, model.inputPixels, model.width, training.batchSize],
    point.extra === "" ? point.optimizer : `${point.optimizer}, ${point.extra}`,
    ...[point.arms.length, megabytes(predicted), megabytes(measured), `${(100 * error).toFixed(1)} %`],
  ];
  console.log(`| ${cells.join(" | ")} |`);
}
console.log(`\nAt most ${(100 * Math.max(...errors)).toFixed(1)} % off over ${errors.length} points.`);
