/** `strata bench`: what a training step of each network costs on this machine. */
import { cpus } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { classCount, modelChoice, type Precision, precision, trainingSettings } from "../contract/configuration.ts";
import type { NetworkBench, StepBench } from "../contract/machine.ts";
import { roundedDecimal } from "../domain/rounding.ts";
import { benchNetwork, benchPeak } from "../engine/machine/bench.ts";
import { modelList } from "../engine/models/model-list.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type { BenchDocument } from "./documents.ts";
import { numberFlagOf, wholeFlag } from "./flags.ts";
import { percentFigure, whole } from "./format.ts";
import { type CliIo, eraseLine, exitCodes } from "./io.ts";
import { table } from "./table.ts";

interface BenchFlags {
  readonly input?: number;
  readonly width?: number;
  readonly batch?: number;
  readonly classes: number;
  readonly precision: Precision;
  readonly steps: number;
  readonly json?: boolean;
}

export function addBench(program: Command, context: CommandContext): void {
  const { io } = context;
  program
    .command("bench [models...]")
    .description("what a training step costs on this machine, compiled and op by op")
    .option(
      "--input <pixels>",
      "side of the square of noise; else each network's compact size",
      numberFlagOf(modelChoice.shape.inputPixels),
    )
    .option("--width <factor>", "multiplies every layer's channels", numberFlagOf(modelChoice.shape.width))
    .option("--batch <pictures>", "pictures a step; else the preset's", numberFlagOf(trainingSettings.shape.batchSize))
    .option("--classes <count>", "classes of the last layer", numberFlagOf(classCount), 10)
    .addOption(
      new Option("--precision <type>", "of products and convolutions").choices(precision.options).default("float32"),
    )
    .option("--steps <count>", "steps that are timed; their median is told", stepsFlag, 10)
    .option(...jsonOption)
    .action(async (models: readonly string[], flags: BenchFlags) => {
      const document = await bench(models.length > 0 ? models : modelList().map(({ id }) => id), flags, io);
      respond(io, flags.json, document, () => inWords(document, flags.precision));
      if (document.networks.some(({ compiled, eager }) => "code" in compiled || "code" in eager))
        context.exitCode = exitCodes.failed;
    });
}

function stepsFlag(text: string): number {
  const steps = wholeFlag(text);
  if (steps < 1) throw new InvalidArgumentError("At least one step has to be timed.");
  return steps;
}

/** Ctrl-C ends it with what is measured by then. */
async function bench(ids: readonly string[], flags: BenchFlags, io: CliIo): Promise<BenchDocument> {
  const { input: inputPixels, width, batch: batchSize, classes, steps, precision } = flags;
  const stopped = new AbortController();
  io.onInterrupt(() => stopped.abort());
  const tools = { signal: stopped.signal, trainerEntry: io.trainerEntry };
  const networks: NetworkBench[] = [];
  let peakFlopsPerSecond = Number.NaN;
  try {
    peakFlopsPerSecond = await benchPeak(precision, tools);
    for (const id of ids) {
      if (io.isWatched) io.err(eraseLine + id);
      const request = { id, inputPixels, width, batchSize, classes, steps, precision };
      networks.push(await benchNetwork(request, peakFlopsPerSecond, tools));
    }
  } catch (thrown) {
    if (!stopped.signal.aborted) throw thrown;
  } finally {
    if (io.isWatched) io.err(eraseLine);
  }
  return { peakFlopsPerSecond, networks };
}

function inWords({ peakFlopsPerSecond, networks }: BenchDocument, precision: Precision): string {
  const figure = (of: (step: StepBench) => string) => (row: NetworkBench) =>
    "code" in row.compiled ? "–" : of(row.compiled);
  const eagerTimes = ({ compiled, eager }: NetworkBench) =>
    "code" in compiled || "code" in eager
      ? "–"
      : `${roundedDecimal(eager.millisPerStep / compiled.millisPerStep, 1)} ×`;
  const lines = table<NetworkBench>(
    [
      { title: "network", cell: ({ model }) => model.id },
      { title: "input", isNumber: true, cell: ({ model }) => `${model.inputPixels} px` },
      { title: "width", isNumber: true, cell: ({ model }) => String(model.width) },
      { title: "batch", isNumber: true, cell: ({ batchSize }) => String(batchSize) },
      { title: "ms a step", isNumber: true, cell: figure(({ millisPerStep }) => whole(millisPerStep)) },
      { title: "images/s", isNumber: true, cell: figure(({ imagesPerSecond }) => whole(imagesPerSecond)) },
      { title: "of the peak", isNumber: true, cell: figure(({ shareOfPeak }) => percentFigure(shareOfPeak)) },
      { title: "memory", isNumber: true, cell: figure((step) => `${whole(step.peakMemoryBytes / 2 ** 20)} MiB`) },
      { title: "first step", isNumber: true, cell: figure((step) => `${roundedDecimal(step.firstStepSeconds, 1)} s`) },
      { title: "op by op", isNumber: true, cell: eagerTimes },
    ],
    networks,
  );
  const problems = networks.flatMap(({ model, compiled, eager }) =>
    [compiled, eager].flatMap((step) => {
      if ("code" in step) return [`${model.id}: ${step.problem} ${step.remedy}\n`];
      return step.refusal === null ? [] : [`${model.id} could not be compiled: ${step.refusal}\n`];
    }),
  );
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() || "core"}`;
  const peak = `${whole(peakFlopsPerSecond / 1e9)} GFLOP/s in ${precision} products`;
  return `${lines}${problems.length > 0 ? `\n${problems.join("")}` : ""}\n${machine}: ${peak}. Medians of training steps on noise.\n`;
}
