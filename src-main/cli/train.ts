/** `strata train`: one run or a pair, to its end. Ctrl-C stops within a batch and keeps what is recorded; a second one ends at once. */
import { resolve } from "node:path";
import type { Command } from "commander";
import type { EngineEvent, JobProgress } from "../contract/events.ts";
import type { RunView } from "../contract/run.ts";
import type { Engine } from "../engine/create-engine.ts";
import { answer, type CommandContext } from "./command.ts";
import { type RunDocument, runDocument, type TrainDocument } from "./documents.ts";
import { duration, loss, percent, whole } from "./format.ts";
import { type CliIo, exitCodes } from "./io.ts";
import { table } from "./table.ts";
import { addTrainFlags, requestOf, type TrainFlags } from "./train-flags.ts";
import { type Api, withEngine } from "./with-engine.ts";

export function addTrain(program: Command, context: CommandContext): void {
  const { io } = context;
  addTrainFlags(
    program.command("train").description("train one network, or a pair that differs in one setting"),
  ).action(async (flags: TrainFlags) => {
    const request = requestOf(flags);
    const environment = flags.keepGraph === undefined ? {} : { STRATA_KEEP_GRAPH: resolve(flags.keepGraph) };
    const train = async (api: Api, engine: Engine) => {
      // A fresh look: the person names the folder now, so its pictures as they are now are meant.
      await api.data.inspect({ source: request.configuration.dataset });
      const done = new AbortController();
      const events = engine.events(done.signal);
      const { runIds } = await api.training.start(request);
      stopOnInterrupt(io, engine, runIds);
      for await (const event of events) {
        if (flags.events) printEvent(io, event, runIds);
        else showProgress(io, event, runIds);
        if (isIdle(event) && runIds.every((runId) => engine.run(runId).endReason !== null)) break;
      }
      done.abort();
      return runIds.map((runId) => engine.run(runId));
    };
    const runs = await withEngine(io, train, environment);
    const document: TrainDocument = { experiment: runs[0]?.experimentId ?? null, runs: runs.map(runDocument) };
    if (flags.events) io.out(`${JSON.stringify({ kind: "ended", ...document })}\n`);
    else answer(io, flags.json, document, () => runsInWords(runs));
    if (runs.some(({ state }) => state !== "finished")) context.exitCode = exitCodes.failed;
    for (const { error } of runs) if (error && !flags.json) io.err(`${error.problem} ${error.remedy}\n`);
  });
}

/** Nothing trains any more: the last word on a job, after its points and its end. */
function isIdle(event: EngineEvent): boolean {
  return (event.kind === "progress" && event.progress === null) || (event.kind === "snapshot" && event.active === null);
}

function stopOnInterrupt(io: CliIo, engine: Engine, runIds: readonly number[]): void {
  io.onInterrupt(() => {
    io.err("\nStopping after this batch; what is recorded stays. Ctrl-C again ends it at once.\n");
    const [runId] = runIds;
    if (runId !== undefined) engine.stopTraining(runId);
  });
}

/** Of this job alone: the feed also tells of other engines' runs. */
function printEvent(io: CliIo, event: EngineEvent, runIds: readonly number[]): void {
  const line = (document: object) => io.out(`${JSON.stringify(document)}\n`);
  if (event.kind === "points" && runIds.includes(event.runId)) line(event);
  if (event.kind === "run" && runIds.includes(event.run.id)) line({ kind: "run", run: runDocument(event.run) });
  if (event.kind === "progress" && event.progress !== null) line(event);
}

function showProgress(io: CliIo, event: EngineEvent, runIds: readonly number[]): void {
  if (!io.isWatched || event.kind !== "progress") return;
  const isOurs = event.progress?.runIds.some((runId) => runIds.includes(runId)) ?? false;
  io.err(`\r\u001b[K${isOurs && event.progress ? progressInWords(event.progress) : ""}`);
}

function progressInWords(progress: JobProgress): string {
  const { phase, prepared, epoch, epochs, step, steps, imagesPerSecond, secondsLeft } = progress;
  if (phase === "starting") return "Starting TensorFlow";
  if (phase === "preparing") return `Preparing pictures: ${whole(prepared?.done)} of ${whole(prepared?.total)}`;
  return [
    `${phase === "training" ? "Epoch" : "Evaluating, epoch"} ${epoch} of ${epochs}`,
    `step ${whole(step)} of ${whole(steps)}`,
    ...(imagesPerSecond === null ? [] : [`${Math.round(imagesPerSecond)} images/s`]),
    ...(secondsLeft === null ? [] : [`${duration(secondsLeft)} left`]),
  ].join(" · ");
}

/** One line a run, with its figures on the test pictures where they were looked at. */
export function runsInWords(runs: readonly RunView[]): string {
  const isTested = runs.some(({ test }) => test !== null);
  const result = (run: RunDocument) => (isTested ? run.test : run.validation);
  const document = new Map(runs.map((run) => [run, runDocument(run)] as const));
  const figure = (run: RunView) => result(document.get(run)!);
  const lines = table<RunView>(
    [
      { title: "run", isNumber: true, cell: ({ id }) => String(id) },
      { title: "title", cell: ({ title }) => title },
      { title: "state", cell: ({ state }) => state },
      { title: "epochs", isNumber: true, cell: (run) => `${run.epochsDone}/${run.configuration.training.epochs}` },
      { title: "top-1", isNumber: true, cell: (run) => percent(figure(run)?.top1) },
      { title: "top-5", isNumber: true, cell: (run) => percent(figure(run)?.top5) },
      { title: "hard loss", isNumber: true, cell: (run) => loss(figure(run)?.hardLoss) },
      { title: "objective", isNumber: true, cell: (run) => loss(figure(run)?.objective) },
      { title: "its floor", isNumber: true, cell: (run) => loss(figure(run)?.objectiveFloor) },
      { title: "ECE", isNumber: true, cell: (run) => percent(figure(run)?.ece) },
      { title: "images/s", isNumber: true, cell: (run) => whole(run.imagesPerSecond) },
      { title: "time", isNumber: true, cell: (run) => duration(document.get(run)!.seconds) },
    ],
    runs,
  );
  if (runs.every(({ validation }) => validation === null) && !isTested) return lines;
  const margins = runs.some((run) => run.loss === "hinge") ? ", but a hinge loss's objective in margins" : "";
  return `${lines}\nFigures on the ${isTested ? "test" : "validation"} pictures; losses in nats${margins}.\n`;
}
