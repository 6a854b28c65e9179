/**
 * Processes of one thread side by side against one process on all threads: `node test/bench/side-by-side.ts [steps|whole]`, both unless one is named.
 *
 * `steps`: steps of the compact Inception-v3 (a pair) and of LeNet-5 (a sweep), by Strata and, where `npm run bench:peers` has set them up, by Keras and
 * PyTorch, each one after another and as parallel processes. All take turns in each round, and of each its least disturbed round counts. `whole`: a pair and a
 * sweep of 16 from the command to its end, with starts, evaluation and recording. Figures are ratios of one run: the machine should be quiet.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { findArchitecture } from "../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import { defaultTraining } from "../../src-main/training/presets.ts";
import { median } from "./median.ts";
import { type Contender, startContender } from "./peers/contender.ts";

const cores = availableParallelism();
const peers = join(import.meta.dirname, "peers");
const python = join(import.meta.dirname, "../../out/peers/bin/python");
const classes = 10;
const rounds = 4;

interface Case {
  readonly name: string;
  readonly configuration: RunConfiguration;
  readonly steps: number;
}

function caseOf(name: string, id: string, width: number, steps: number): Case {
  const model = { id, inputPixels: 32, width };
  const optimizer = { kind: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
  const plain = { optimizer, learningRate: 1e-4, weightDecay: 0, dropout: null, averageDecay: null, clipNorm: null };
  const training = { ...defaultTraining(id, model), ...plain, batchSize: 64, schedule: { kind: "constant" } as const };
  const configuration = {
    dataset: drawnSource.parse({ kind: "drawn" }),
    model,
    resize: usualResize,
    training,
    seed: 1,
  };
  return { name, configuration, steps };
}

const cases = [caseOf("pair of compact Inception-v3", "inception-v3", 0.25, 8), caseOf("LeNet-5", "lenet5", 1, 150)];

/** As many processes as cores with a thread each, or one with all. */
async function start(one: Case, library: string, script: string, variant: string | null, isApart: boolean) {
  const { model, training } = one.configuration;
  const { rows } = scaleArchitecture(findArchitecture(model.id), model);
  const { batchSize, optimizer, learningRate, clipNorm, precision } = training;
  const task =
    variant === null
      ? { configuration: one.configuration, classes }
      : { ...{ rows, classes, batchSize, optimizer, learningRate, clipNorm, precision, variant }, inputPixels: 32 };
  const program = variant === null ? [process.execPath] : [python];
  const held = ["TF_NUM_INTRAOP_THREADS=1", "TF_NUM_INTEROP_THREADS=1", "OMP_NUM_THREADS=1"];
  const command = ["env", ...(isApart ? held : []), ...program, join(peers, script)] as const;
  const count = isApart ? cores : 1;
  const processes: Contender[] = [];
  for (let index = 0; index < count; index++)
    processes.push(await startContender(library, command as readonly string[] as [string, ...string[]], task));
  return {
    name: `${library}, ${isApart ? `${cores} side by side` : "one after another"}`,
    library,
    isApart,
    processes,
  };
}

async function compareSteps(one: Case): Promise<void> {
  const libraries = [
    ["Strata", "ours.ts", null],
    ...(existsSync(python)
      ? ([
          ["Keras", "keras_peer.py", "graph"],
          ["PyTorch", "torch_peer.py", "channels last"],
        ] as const)
      : []),
  ] as const;
  const all: Awaited<ReturnType<typeof start>>[] = [];
  for (const [library, script, variant] of libraries)
    for (const isApart of [false, true]) all.push(await start(one, library, script, variant, isApart));
  for (let round = 0; round <= rounds; round++)
    for (const { processes } of all) await Promise.all(processes.map((contender) => contender.run(one.steps)));
  const { batchSize } = one.configuration.training;
  const rates = all.map(({ processes, ...rest }) => {
    // The first round warms what is cold.
    const ofRounds = Array.from({ length: rounds }, (_, round) =>
      processes.reduce((sum, { turns }) => sum + (1_000 * batchSize) / median(turns[round + 1]!), 0),
    );
    for (const contender of processes) contender.stop();
    return { ...rest, imagesPerSecond: Math.max(...ofRounds) };
  });
  const of = (library: string, isApart: boolean) =>
    rates.find((rate) => rate.library === library && rate.isApart === isApart)?.imagesPerSecond ?? 0;
  const [ours, inTurns] = [of("Strata", true), of("Strata", false)];
  console.log(`${one.name}, 32 px, batch ${batchSize}, ${cores} cores`);
  for (const { name, imagesPerSecond } of rates)
    console.log(`  ${name.padEnd(34)}${imagesPerSecond.toFixed(0)} images/s`);
  console.log(`  side by side ${(ours / inTurns).toFixed(2)} × one after another`);
  if (libraries.length === 1) return;
  const best = (isApart: boolean) => Math.max(of("Keras", isApart), of("PyTorch", isApart));
  console.log(`  ${(ours / best(false)).toFixed(2)} × the best peer one after another`);
  console.log(`  ${(ours / best(true)).toFixed(2)} × the best peer as parallel processes\n`);
}

/** Seconds of a command on a home that has measured already, decoded its pictures, and trained it once. */
function compareWhole(name: string, words: readonly string[]): void {
  const home = mkdtempSync(join(tmpdir(), "strata-side-by-side-"));
  const cli = join(import.meta.dirname, "../../src-main/entrypoints/cli.ts");
  const seconds = (runsAtOnce: string): number => {
    const env = { ...process.env, STRATA_HOME: home, STRATA_RUNS_AT_ONCE: runsAtOnce };
    const startedAt = performance.now();
    execFileSync(process.execPath, [cli, ...words, "--json"], { env, stdio: "ignore", maxBuffer: 2 ** 28 });
    return (performance.now() - startedAt) / 1_000;
  };
  const first = seconds("fastest");
  const inTurns = [seconds("1")];
  const apart = [seconds("fastest")];
  inTurns.push(seconds("1"));
  apart.push(seconds("fastest"));
  rmSync(home, { recursive: true, force: true });
  const [turns, side] = [Math.min(...inTurns), Math.min(...apart)];
  console.log(
    `${name}: one after another ${turns.toFixed(1)} s, side by side ${side.toFixed(1)} s: ${(turns / side).toFixed(2)} ×; the first time, with the measurement and decoding, ${first.toFixed(1)} s`,
  );
}

const wanted = process.argv[2];
if (wanted !== "whole") for (const one of cases) await compareSteps(one);
if (wanted !== "steps") {
  const pictures = ["--data", "drawn:pictures=4000,pixels=32", "--input", "32"];
  compareWhole("pair of compact Inception-v3, 4 epochs", [
    ...["train", ...pictures, "--model", "inception-v3", "--width", "0.25", "--epochs", "4", "--pair", "smoothing"],
  ]);
  const seeds = Array.from({ length: 8 }, (_, index) => index + 1).join();
  compareWhole("sweep of 16 LeNet-5, 20 epochs", [
    ...["sweep", ...pictures, "--model", "lenet5", "--epochs", "20", "--vary", "smoothing=0,0.1", "--seeds", seeds],
  ]);
}
