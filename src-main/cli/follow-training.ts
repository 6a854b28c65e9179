/** Watches runs to their end, for `train` and `resume`. Ctrl-C stops within a batch and keeps what is recorded; a second one ends at once. */
import type { EngineEvent, JobProgress } from "../contract/events.ts";
import type { RunView } from "../contract/run.ts";
import type { Engine } from "../engine/create-engine.ts";
import { answer, type CommandContext } from "./command.ts";
import { runDocument, type TrainDocument } from "./documents.ts";
import { duration, whole } from "./format.ts";
import { type CliIo, exitCodes } from "./io.ts";
import { runsInWords } from "./runs-in-words.ts";

export interface FollowFlags {
  readonly json?: boolean;
  /** One event a line. */
  readonly events?: boolean;
}

/** @param start begins the runs and answers with their numbers @returns the runs at their end */
export async function followTraining(
  io: CliIo,
  engine: Engine,
  flags: FollowFlags,
  start: () => Promise<readonly number[]>,
): Promise<readonly RunView[]> {
  const done = new AbortController();
  const events = engine.events(done.signal);
  const runIds = await start();
  stopOnInterrupt(io, engine, runIds);
  for await (const event of events) {
    if (flags.events) printEvent(io, event, runIds);
    else showProgress(io, event, runIds);
    if (isIdle(event) && runIds.every((runId) => engine.run(runId).endReason !== null)) break;
  }
  done.abort();
  return runIds.map((runId) => engine.run(runId));
}

/** What `train --json` answers, or a table, and the errors of runs that failed. */
export function answerWithRuns(context: CommandContext, flags: FollowFlags, runs: readonly RunView[]): void {
  const { io } = context;
  const document: TrainDocument = { experiment: runs[0]?.experimentId ?? null, runs: runs.map(runDocument) };
  if (flags.events) io.out(`${JSON.stringify({ kind: "ended", ...document })}\n`);
  else answer(io, flags.json, document, () => runsInWords(runs));
  if (runs.some(({ state }) => state !== "finished")) context.exitCode = exitCodes.failed;
  if (flags.json) return;
  for (const { error, checkpointError } of runs)
    for (const said of [error, checkpointError]) if (said) io.err(`${said.problem} ${said.remedy}\n`);
  const [unfinished] = runs.filter(({ isResumable }) => isResumable);
  if (unfinished) io.err(`It can go on: strata resume ${unfinished.id}\n`);
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
