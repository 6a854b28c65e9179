/**
 * A training process without TensorFlow: it speaks the messages of `training/job.ts` and gives values that can be checked by head. What it does is
 * chosen by the run's seed (`scripts`). Loss after step n is 1/n in arm A and 2/n in arm B; each epoch has 4 steps.
 */
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunConfiguration } from "../../src-main/contract/configuration.ts";
import { StrataError } from "../../src-main/contract/errors.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import type { RowTimes, StepCosts, WayTimes, WayTiming } from "../../src-main/contract/machine.ts";
import type { MetricPoint } from "../../src-main/contract/metric.ts";
import type { Prediction } from "../../src-main/contract/run.ts";
import type { KeptWeights } from "../../src-main/contract/weights.ts";
import type { Dataset } from "../../src-main/datasets/example.ts";
import { findFactorisation } from "../../src-main/domain/lessons/factorisation.ts";
import { placedRows } from "../../src-main/domain/networks/row-walk.ts";
import { findArchitecture } from "../../src-main/models/registry.ts";
import { scaleArchitecture } from "../../src-main/models/scale.ts";
import type {
  Interruption,
  RowTiming,
  TrainerCommand,
  TrainerMessage,
  TrainingJob,
} from "../../src-main/training/job.ts";
import { crash } from "./killed.ts";
import { sampleMadeBy } from "./sample-made-by.ts";
import { scripts, stepsPerEpoch } from "./trainer-scripts.ts";

/** As TensorFlow would take it. */
const threads = Number(process.env.TF_NUM_INTRAOP_THREADS ?? availableParallelism());

/** The one that it may see, by its UUID. */
const visible = process.env.CUDA_VISIBLE_DEVICES;
const gpu = visible === undefined ? null : { name: visible, memoryBytes: null, driver: "550.54.14" };

let received: () => void = () => {};
let interruption: Interruption | null = null;
let interrupted: () => void = () => {};
const interruptArrives = new Promise<void>((resolve) => {
  interrupted = resolve;
});

function post(message: TrainerMessage): void {
  process.send?.(message);
}

function tell(event: TrainingEvent): Promise<void> {
  const acknowledged = new Promise<void>((resolve) => {
    received = resolve;
  });
  post({ kind: "event", event });
  return acknowledged;
}

async function train({ dataset, arms, paths, checkpointFolder, resumeFrom }: TrainingJob): Promise<void> {
  const { seed, training } = arms[0]!;
  if (seed === scripts.cannotBegin) {
    const problem = "no binding";
    post({ kind: "failed", error: { code: "native.broken", problem, remedy: "Set it up anew." } });
    return;
  }
  if (seed === scripts.failsAndStays) {
    post({ kind: "failed", error: new StrataError("file.no-answer", { seconds: 30, path: "/gone" }).toJSON() });
    return new Promise(() => {});
  }
  await tell({ kind: "preparing", done: 1, total: 2 });
  const nothingYet = { epoch: 0, step: 0, imagesPerSecond: null, secondsLeft: null };
  await tell({ kind: "progress", phase: "compiling", ...nothingYet });
  for (const arm of arms.keys())
    await tell({
      kind: "started",
      arm,
      stepsPerEpoch,
      parameters: 1_000,
      auxiliaryParameters: 10,
      initialWeightsHash: "ab".repeat(32),
      trainingObjectiveFloor: 0,
      step: 0,
      madeBy: sampleMadeBy({ device: "script", gpu, threads, cores: availableParallelism() }),
      initialWeightsMatch: null,
    });
  const [runId = ""] = checkpointFolder.split("-");
  note(`${resumeFrom === null ? "begun" : "resumed"} ${runId}`);
  if (resumeFrom !== null) await tell({ kind: "resumed", step: 0, errors: [] });
  for (let epoch = 1; epoch <= training.epochs; epoch++) {
    for (let step = (epoch - 1) * stepsPerEpoch + 1; step <= epoch * stepsPerEpoch; step++) {
      if (interruption !== null) return endAll(arms, interruption);
      for (const arm of arms.keys()) await tell({ kind: "points", arm, points: [lossAt(step, epoch, arm)] });
      // Half a second each.
      if (step % stepsPerEpoch <= 1) await tell({ kind: "time", step, trainingMillis: arms.map(() => 500 * step) });
      await tell({ kind: "progress", phase: "training", epoch, step, imagesPerSecond: 100, secondsLeft: 1 });
      // Decoded beside its first steps.
      if (step === 2) await tell({ kind: "preparing", done: 2, total: 2 });
      if (seed === scripts.killedAtStepThree && step === 3) process.kill(process.pid, "SIGKILL");
      if (seed === scripts.exitsAtStepThree && step === 3) {
        process.stderr.write("Error: the script says so\n", () => process.exit(7));
        return new Promise(() => {});
      }
      const waits: readonly number[] = [scripts.waitsAtStepThree, scripts.crashesWhenInterrupted];
      if (waits.includes(seed) && step === 3) await interruptArrives;
      if (seed === scripts.crashesWhenInterrupted && step === 3) crash();
      const waitsOnce = process.env.STRATA_SCRIPT_WAITS?.split(",").includes(runId) && resumeFrom === null;
      if (waitsOnce && step === 3) await interruptArrives;
      if (step === 3) await fileStands(process.env.STRATA_SCRIPT_WAITS_FOR_FILE);
      if (seed === scripts.isNotLetGo && step === 3) {
        const sleeps = ["-e", "setTimeout(() => {}, 40_000)"];
        spawn(process.execPath, sleeps, { detached: true, stdio: ["ignore", "ignore", "inherit"] });
        await new Promise(() => {});
      }
      if (seed === scripts.ignoresInterrupt && step === 3) await new Promise(() => {});
    }
    for (const [arm, one] of arms.entries()) await evaluate(dataset, "validation", epoch, arm, null, hardLossOf(one));
    await tell({ kind: "epoch-ended", epoch, step: epoch * stepsPerEpoch, trainingSeconds: arms.map(() => epoch) });
    const leakedTensors = seed === scripts.leaksTensors ? 3 : 0;
    await tell({ kind: "memory", epoch, tensors: 10, leakedTensors, residentBytes: 1e9, peakBytes: 2e9 });
  }
  for (const arm of arms.keys()) {
    await evaluate(dataset, "test", training.epochs, arm, predictionsOf(dataset, arm));
    await tell({ kind: "weights", arm, kept: keepWeights(paths.weights), error: null });
    await tell({ kind: "ended", arm, reason: "completed", error: null });
  }
  note(`finished ${runId}`);
}

/** For tests that count what was trained: a line in the file of STRATA_SCRIPT_LOG. */
function note(line: string): void {
  if (process.env.STRATA_SCRIPT_LOG) appendFileSync(process.env.STRATA_SCRIPT_LOG, `${line}\n`);
}

/** For tests that do something first: until the file is there. */
async function fileStands(path: string | undefined): Promise<void> {
  while (path !== undefined && !existsSync(path)) await pause(20);
}

function keepWeights(folder: string): KeptWeights {
  const file = `${randomUUID()}.safetensors`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), "eight by");
  return { file, bytes: 8 };
}

async function endAll(arms: readonly RunConfiguration[], reason: Interruption): Promise<void> {
  for (const arm of arms.keys()) await tell({ kind: "ended", arm, reason, error: null });
}

function lossAt(step: number, epoch: number, arm: number): MetricPoint {
  return { metric: "hardLoss", split: "train", cadence: "batch", step, epoch, value: (arm + 1) / step };
}

/** Twice as long op by op, and a core's share of it with each core, or no less with more of them. */
function costsOf(arms: readonly RunConfiguration[]): StepCosts {
  const refusal = process.env.STRATA_EAGER ? "asked for" : null;
  note(`measured on ${threads}${gpu === null ? "" : ` of ${gpu.name}`}`);
  const slowness = process.env.STRATA_SCRIPT_THREADS_ARE_IDLE ? 1 : availableParallelism() / threads;
  const secondsPerStep = arms.map(() => (refusal === null ? 0.5 : 1) * slowness);
  const secondsPerEvaluation = arms.map(() => 0.1 * slowness);
  return {
    secondsPerStep,
    secondsPerEvaluation,
    firstStepSeconds: 3,
    peakMemoryBytes: 1_000_000,
    refusal,
    device: "CPU",
  };
}

/** Arm A is right but on its first three test pictures, and sure of it (0.9, 0.8, 0.7); arm B is right but on its first. */
function predictionsOf(dataset: Dataset, arm: number): readonly Prediction[] {
  const classes = dataset.classNames.length;
  return dataset.examples
    .filter(({ split }) => split === "test")
    .map(({ index, label }, position) => {
      const isWrong = position < (arm === 0 ? 3 : 1);
      const answer = isWrong ? (label + 1) % classes : label;
      const confidence = arm === 0 ? 0.9 - 0.1 * Math.min(position, 3) : 0.5;
      return { example: index, label, answer, confidence, trueConfidence: isWrong ? 0.05 : confidence };
    });
}

async function evaluate(
  dataset: Dataset,
  split: "validation" | "test",
  epoch: number,
  arm: number,
  predictions: readonly Prediction[] | null,
  hardLoss = 1,
): Promise<void> {
  const classes = dataset.classNames.length;
  const counts = dataset.classes.map((one, trueClass) =>
    Array.from({ length: classes }, (_, answer) => (answer === trueClass ? one[split] : 0)),
  );
  const right = predictions?.filter(({ answer, label }) => answer === label).length;
  const pictures = dataset.counts[split];
  // As where every class is among the five likeliest, which says nothing.
  const top5 = classes > 5 ? { top5: 1 } : {};
  const top1 = right === undefined ? 0.5 : right / pictures;
  const points = [
    { metric: "top1", split, cadence: "epoch", step: epoch * stepsPerEpoch, epoch, value: top1 },
  ] as const;
  await tell({ kind: "points", arm, points });
  const speed = { metric: "imagesPerSecond", split: "train", cadence: "epoch", step: epoch * stepsPerEpoch } as const;
  await tell({ kind: "points", arm, points: [{ ...speed, epoch, value: 100 }] });
  await tell({
    kind: "evaluated",
    arm,
    split,
    epoch,
    step: epoch * stepsPerEpoch,
    result: { pictures, top1, ...top5, hardLoss, objective: 1, objectiveFloor: 0, ece: 0.1, largestLogit: 2 },
    confusion: { split, epoch, counts },
    predictions,
  });
}

/** For tests that rank runs: as their learning rate. */
function hardLossOf({ training }: RunConfiguration): number {
  return process.env.STRATA_SCRIPT_LOSS_IS_RATE ? training.learningRate : 1;
}

/** A row takes as many milliseconds as its place from 1, and a tenth more or less; the whole pass as its rows, compiled half of it. */
function timesOf({ model, classes, batchSize }: RowTiming): RowTimes {
  const architecture = scaleArchitecture(findArchitecture(model.id), model);
  const paths = placedRows(architecture, { classes, hasHeads: false }).map(({ path }) => path);
  const around = (millis: number) => [0.9, 1, 1.1].map((share) => share * millis);
  const sum = (paths.length * (paths.length + 1)) / 2;
  return {
    ...{ batchSize, passes: 3, device: "CPU", threads },
    rows: paths.map((path, index) => ({ path, millis: around(index + 1) })),
    wholeMillis: around(sum),
    compiledMillis: around(sum / 2),
  };
}

/** The first way takes 10 ms forward and 30 ms with the way back, each other half as long, and a tenth more or less. */
function wayTimesOf({ factorisation }: WayTiming): WayTimes {
  const ways = findFactorisation(factorisation).ways.map(({ title }, way) => {
    const share = way === 0 ? 1 : 0.5;
    const around = (millis: number) => [0.9, 1, 1.1].map((factor) => factor * share * millis);
    return { title, forwardMillis: around(10), trainingMillis: around(30) };
  });
  return { batchSize: 32, rounds: 3, device: "CPU", threads, ways, refusal: null };
}

async function obey(command: TrainerCommand): Promise<void> {
  switch (command.kind) {
    case "received":
      return received();
    case "interrupt":
      interruption = command.reason;
      return interrupted();
    case "report":
      post({ kind: "report", report: { version: "0.0.0", devices: ["script"], bindingPath: "" } });
      return process.disconnect();
    case "measure":
      if (process.env.STRATA_SCRIPT_FAILS_ON === String(threads)) process.exit(7);
      if (process.env.STRATA_SCRIPT_TIMES_FOREVER) return;
      post({ kind: "measured", costs: costsOf(command.arms) });
      return process.disconnect();
    case "time-rows":
      if (process.env.STRATA_SCRIPT_TIMES_FOREVER) return;
      post({ kind: "row-times", times: timesOf(command) });
      return process.disconnect();
    case "time-ways":
      post({ kind: "way-times", times: wayTimesOf(command) });
      return process.disconnect();
    case "matmul-peak":
      post({ kind: "matmul-peak", flopsPerSecond: 1e12 });
      return process.disconnect();
    case "export": {
      const { format, folder } = command.request;
      const files = [{ name: "weights.safetensors", bytes: 8 }];
      post({ kind: "exported", exported: { format, epoch: 2, folder, files, notFinite: [], warning: null } });
      return process.disconnect();
    }
    case "train":
      if (process.env.STRATA_KEEP_GRAPH) writeFileSync(process.env.STRATA_KEEP_GRAPH, "a graph");
      await train(command.job);
      return process.disconnect();
  }
}

process.on("message", (command: TrainerCommand) => void obey(command));
process.on("disconnect", () => process.exit(0));
