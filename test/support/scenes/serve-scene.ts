/**
 * The built window over a real engine whose record stands as a person meets it, training by the script: `node test/support/scenes/serve-scene.ts
 * [scene] [port]`. Build first with `npm run build`.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RunConfiguration } from "../../../src-main/contract/configuration.ts";
import type { DatasetSource } from "../../../src-main/contract/dataset.ts";
import type { ExperimentRequest } from "../../../src-main/contract/experiment.ts";
import { usualResize } from "../../../src-main/contract/resize.ts";
import { openDataset } from "../../../src-main/datasets/open-dataset.ts";
import { plannedBlocks, titleOfRun } from "../../../src-main/domain/experiments/experiment-plan.ts";
import { ladderRequest } from "../../../src-main/domain/lessons/ladder.ts";
import type { Engine, EngineOptions } from "../../../src-main/engine/create-engine.ts";
import { architectureOf } from "../../../src-main/engine/models/model-list.ts";
import { trainDefaults } from "../../../src-main/engine/models/train-defaults.ts";
import { type Paths, pathsOf } from "../../../src-main/platform/paths.ts";
import { openStore, type Store } from "../../../src-main/store/open-store.ts";
import { presetsFor } from "../../../src-main/training/presets.ts";
import { experimentOf, type Pair } from "../experiment-of.ts";
import { hardNames } from "../hard-names.ts";
import { fillRecord } from "../large-record.ts";
import { smoothingAndRate, threeNetworks, threeSettings } from "../sample-experiments.ts";
import { scripts } from "../trainer-scripts.ts";
import { startServer, whenAtStep } from "../with-engine.ts";
import { type PictureTree, pictureTree } from "./picture-tree.ts";
import { type RecordedSet, type Training, writeTraining } from "./write-runs.ts";
import { writeWeightsOfRuns } from "./write-weights.ts";

/**
 * `idle`: a record, nothing going. `rescued`: the same, begun after a damaged one; `brought-up`: the same, of an earlier version before. `busy`: a pair trains, another run waits. `interrupted`: the engine
 * ended while one trained and three waited. `names`: pictures, runs and tags of long and foreign names. `swept`: a sweep of 12 is on record. `searched`: one of 12 over three settings. `networks`: one of three networks with three seeds. `ladder`: one of the lecture's five steps. `many`: 60
 * runs. `side-by-side`: of a sweep of four, two runs train at once. `nothing`: the first start. `failed`: the same record as `idle`, and TensorFlow is not there.
 */
export const scenes = [
  ...([
    "idle",
    "busy",
    "side-by-side",
    "interrupted",
    "names",
    "swept",
    "searched",
    "networks",
    "ladder",
    "many",
    "nothing",
    "failed",
    "rescued",
    "brought-up",
  ] as const),
] as const;
export type Scene = (typeof scenes)[number];

export interface ServedScene {
  readonly engine: Engine;
  readonly tree: PictureTree;
  /** With the token in it. */
  readonly address: string;
  /** A pair on the folder of pictures; the seed chooses what the scripted trainer does. @returns its runs */
  trainPair(seed: number): Promise<readonly number[]>;
  close(): Promise<void>;
}

const drawn = { kind: "drawn", pictures: 400, pixels: 32, difficulty: 0.3, seed: 1 } as const;
const scannedAt = { cifar: "2026-01-14T09:12:00.000Z", drawn: "2026-01-13T16:40:00.000Z" };
const smoothing = { setting: "smoothing" as const, values: [0, 0.1] as [number, number] };
const { model, training } = trainDefaults({ id: "inception-v3", inputPixels: 32, width: 0.25 });

/** Of the compact Inception-v3 on this source; the seed chooses what the scripted trainer does. */
function configurationOn(source: DatasetSource, seed = 1, of = model): RunConfiguration {
  return { dataset: source, model: of, resize: usualResize, training: { ...training, epochs: 8 }, seed };
}

async function record(store: Store, source: DatasetSource, at: string): Promise<RecordedSet> {
  const dataset = await openDataset(source);
  return { dataset, view: store.datasets.record(dataset, at) };
}

async function write(scene: Scene, store: Store, tree: PictureTree): Promise<void> {
  if (scene === "nothing") return;
  if (scene === "many") return void fillRecord(store, { runs: 60, points: 6_000 });
  if (scene === "names") return writeNames(store, await record(store, folder(tree.named), scannedAt.cifar));
  const shapes = await record(store, drawn, scannedAt.drawn);
  const cifar = await record(store, folder(tree.cifar), scannedAt.cifar);
  writeUsual(store, cifar, shapes);
  const add = (changes: Omit<Training, "configuration">, seed: number = scripts.waitsAtStepThree) =>
    writeTraining(store, cifar, { configuration: configurationOn(cifar.view.source, seed), ...changes });
  if (scene === "interrupted") {
    add({ course: "trains", epochsDone: 4 });
    for (let waiting = 0; waiting < 3; waiting++) add({ course: "waits" });
  }
  const sweeps = { swept: smoothingAndRate, searched: threeSettings, networks: threeNetworks };
  if (scene === "swept" || scene === "searched" || scene === "networks")
    writeSweep(store, cifar, { ...sweeps[scene], configuration: configurationOn(cifar.view.source) });
  if (scene === "ladder") writeSweep(store, cifar, ladderRequest(cifar.view.source, presetsFor, [1, 2, 3])!);
  if (scene === "brought-up")
    store.notices.add(
      {
        kind: "record-brought-up",
        copy: "/home/person/.local/share/strata/backups/strata-2026-01-15T08-00-00-000Z-v18.sqlite",
      },
      "2026-01-15T08:00:00.000Z",
    );
  if (scene === "rescued")
    store.notices.add(
      {
        kind: "record-rescued",
        setAside: "/home/person/.local/share/strata/strata-damaged-2026-01-15T08-00-00-000Z.sqlite",
        brought: { runs: 12, points: 48_211 },
        lost: [{ table: "points", rows: 0, runsInPart: 2 }],
      },
      "2026-01-15T08:00:00.000Z",
    );
}

const folder = (path: string) => ({ kind: "folder", path }) as const;

/** Eight runs, with every state among them but those of runs that are going. */
function writeUsual(store: Store, cifar: RecordedSet, shapes: RecordedSet): void {
  const { source } = cifar.view;
  const [first] = writeTraining(store, cifar, {
    configuration: configurationOn(source),
    pair: smoothing,
    course: "completed",
  });
  store.runs.annotate(first!, "First try with the lecture's setting.");
  const alexnet = trainDefaults({ id: "alexnet", inputPixels: 32 });
  const onShapes = { ...configurationOn(shapes.view.source, 1, alexnet.model), training: alexnet.training };
  writeTraining(store, shapes, {
    configuration: onShapes,
    title: "AlexNet on drawn shapes",
    course: "completed",
    isUntimed: true,
  });
  const tooHigh = { ...configurationOn(source, 1, alexnet.model), training: alexnet.training };
  writeTraining(store, cifar, {
    ...{ configuration: tooHigh, title: "AlexNet, a rate too high", course: "not-finite", epochsDone: 0 },
  });
  writeTraining(store, cifar, { configuration: configurationOn(source), course: "process-died", epochsDone: 3 });
  writeTraining(store, cifar, { configuration: configurationOn(source), course: "stopped-by-person", epochsDone: 5 });
  const second = { configuration: configurationOn(source, 2), title: "Inception-v3, second seed" };
  writeTraining(store, cifar, { ...second, pair: smoothing, course: "completed" });
}

/** A pair and two single runs. */
function writeNames(store: Store, named: RecordedSet): void {
  const configuration = configurationOn(named.view.source);
  const at = "2026-01-14T10:00:00.000Z";
  const [first] = writeTraining(store, named, { configuration, pair: smoothing, course: "completed" });
  store.runs.annotate(first!, "عربي (1): First try");
  const [tagged] = writeTraining(store, named, { configuration, title: hardNames[0], course: "completed" });
  store.runs.mark([tagged!], { addTags: [hardNames[1], hardNames[2], hardNames[6]] }, at);
  const title = `${hardNames[1]} ${hardNames[3]}`;
  const [other] = writeTraining(store, named, { configuration, title, course: "completed" });
  store.runs.mark([other!], { addTags: [hardNames[3]] }, at);
}

function writeSweep(store: Store, cifar: RecordedSet, request: ExperimentRequest): void {
  const id = store.experiments.create(request, "2026-01-14T09:15:00.000Z");
  for (const [block, { levels, configuration }] of plannedBlocks(request).flat().entries()) {
    const title = titleOfRun(architectureOf(configuration.model).title, levels, configuration.seed);
    writeTraining(store, cifar, { configuration, title, experiment: { id, block }, course: "completed" });
  }
}

/** @param options of the engine; @param port a free one unless named */
export async function serveScene(
  scene: Scene,
  { port, ...options }: Partial<EngineOptions> & { readonly port?: number } = {},
): Promise<ServedScene> {
  const tree = await pictureTree();
  const paths: Paths = pathsOf(mkdtempSync(join(tmpdir(), "strata-scene-")));
  const store = openStore(paths.database);
  await write(scene, store, tree);
  // A number, so that nothing is measured first.
  store.machine.setRunsAtOnce(scene === "side-by-side" ? 2 : 1);
  if (scene === "idle") writeWeightsOfRuns(paths, store);
  store.close();
  const trainer = scene === "failed" ? { trainerEntry: join(paths.home, "no-trainer.ts") } : {};
  const { engine, server, close } = await startServer({ paths, keepsQueue: true, ...trainer, ...options }, { port });
  const start = async (seed: number, pair: Pair | null) => {
    const configuration = configurationOn(folder(tree.cifar), seed);
    return (await engine.scheduling.start(experimentOf(configuration, pair))).runIds;
  };
  if (scene === "busy") {
    const runIds = await start(scripts.waitsAtStepThree, smoothing);
    await start(scripts.waitsAtStepThree, null);
    await whenAtStep(engine, runIds[0]!, 3);
  }
  if (scene === "side-by-side") {
    const configuration = configurationOn(folder(tree.cifar));
    const { runIds } = await engine.scheduling.start({
      configuration,
      factors: smoothingAndRate.factors,
      seeds: [scripts.waitsAtStepThree],
    });
    await Promise.all(runIds.slice(0, 2).map((runId) => whenAtStep(engine, runId, 3)));
  }
  return {
    ...{ engine, tree },
    trainPair: (seed) => start(seed, smoothing),
    address: server.openAddress,
    async close() {
      await close();
      rmSync(paths.home, { recursive: true, force: true });
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const scene = scenes.find((name) => name === process.argv[2]) ?? "busy";
  const { address } = await serveScene(scene, { port: Number(process.argv[3] ?? 0) });
  console.log(`${scene} at ${address}`);
}
