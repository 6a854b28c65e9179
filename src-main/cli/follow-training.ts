/** Watches runs to their end, for `train` and `resume`. Ctrl-C stops within a batch and keeps what is recorded; a second one ends at once. */
import type { EngineEvent, JobProgress } from "../contract/events.ts";
import type { JobStage, RunView } from "../contract/run.ts";
import { visibleText } from "../domain/visible-text.ts";
import type { EngineCaller } from "../engine/router.ts";
import { type CommandContext, respond } from "./command.ts";
import type { TrainDocument } from "./documents.ts";
import { exactDuration, whole } from "./format.ts";
import { type CliIo, eraseLine, exitCodes } from "./io.ts";
import { runDocument } from "./run-documents.ts";
import { runsInWords } from "./runs-in-words.ts";

export interface FollowFlags {
  readonly json?: boolean;
  /** One event a line. */
  readonly events?: boolean;
}

/**
 * @param start begins the runs and answers with their numbers
 * @param interrupt what Ctrl-C does to them
 * @returns the runs at their end
 */
export async function followTraining(
  io: CliIo,
  api: EngineCaller,
  flags: FollowFlags,
  start: () => Promise<readonly number[]>,
  interrupt: (runIds: readonly number[]) => Promise<void> = async ([runId]) =>
    runId === undefined ? undefined : api.training.stop({ runId }),
): Promise<readonly RunView[]> {
  const events = (await api.events())[Symbol.asyncIterator]();
  const runIds = await start();
  /** As they were last told: a record that cannot be written does not have their ends, and nobody waits here for its disk. */
  const told = new Map<number, RunView>();
  const printed = new Map<number, string>();
  const nowOf = async (runId: number): Promise<RunView> => {
    const run = await api.runs.get({ runId });
    const other = told.get(runId);
    return run.endReason === null && other !== undefined && other.endReason !== null ? other : run;
  };
  const nowOfAll = () => Promise.all(runIds.map(nowOf));
  // The wish could not be recorded: the engine's end, which follows, ends what trains.
  const unheard = Promise.withResolvers<never>();
  unheard.promise.catch(() => {});
  io.onInterrupt(() => {
    io.err("\nStopping after this batch; what is recorded stays. Ctrl-C again ends it at once.\n");
    interrupt(runIds).catch(unheard.reject);
  });
  try {
    for (;;) {
      const next = await Promise.race([events.next(), unheard.promise]);
      if (next.done) return await nowOfAll();
      const event = next.value;
      if (event.kind === "run") told.set(event.run.id, event.run);
      if (flags.events) printEvent(io, event, runIds, printed);
      else showProgress(io, event, runIds);
      if (!isPast(event, runIds)) continue;
      const runs = await nowOfAll();
      if (runs.every(({ endReason }) => endReason !== null)) return runs;
    }
  } finally {
    // It ends once the event that is awaited has come, or with the engine.
    void events.return?.();
  }
}

/** More scroll away. */
const mostErrors = 20;

/** What `train --json` answers unless another answer is given, or a table, and the errors of runs that failed. */
export function respondWithRuns(
  context: CommandContext,
  flags: FollowFlags,
  runs: readonly RunView[],
  answered: { readonly document: object; readonly words: () => string } = {
    document: { experiment: runs[0]?.experiment?.id ?? null, runs: runs.map(runDocument) } satisfies TrainDocument,
    words: () => runsInWords(runs),
  },
): void {
  const { io } = context;
  if (flags.events) io.out(`${JSON.stringify({ kind: "ended", ...answered.document })}\n`);
  else respond(io, flags.json, answered.document, answered.words);
  if (runs.some(({ state, endReason }) => state !== "finished" && endReason !== "halved"))
    context.exitCode = exitCodes.failed;
  if (flags.json) return;
  // Many runs may have failed of one thing.
  const errors = runs.flatMap(({ error, checkpointError }) => [error ?? [], checkpointError ?? []].flat());
  const said = [...new Set(errors.map(({ problem, remedy }) => visibleText(`${problem} ${remedy}`)))];
  for (const line of said.slice(0, mostErrors)) io.err(`${line}\n`);
  if (said.length > mostErrors) io.err(`And ${whole(said.length - mostErrors)} more; strata show <run> says each.\n`);
  const [unfinished] = runs.filter(({ isResumable, endReason }) => isResumable && endReason !== "halved");
  if (unfinished?.experiment && unfinished.experiment.blocks > 1)
    io.err(`The experiment can be resumed: strata resume --experiment ${unfinished.experiment.id}\n`);
  else if (unfinished) io.err(`It can be resumed: strata resume ${unfinished.id}\n`);
}

/** Nothing of these trains any more, if it ever did: the last word on a job, after its points and its end. */
function isPast(event: EngineEvent, runIds: readonly number[]): boolean {
  if (event.kind !== "progress" && event.kind !== "snapshot") return false;
  return ofThese(event.active, runIds).length === 0;
}

function ofThese(active: readonly JobProgress[], runIds: readonly number[]): readonly JobProgress[] {
  return active.filter((job) => job.runIds.some((runId) => runIds.includes(runId)));
}

/** Of this job alone: the feed also tells of other engines' runs. */
function printEvent(io: CliIo, event: EngineEvent, runIds: readonly number[], printed: Map<number, string>): void {
  const line = (document: object) => io.out(`${JSON.stringify(document)}\n`);
  if (event.kind === "points" && runIds.includes(event.runId)) line(event);
  if (event.kind === "run" && runIds.includes(event.run.id)) line({ kind: "run", run: runDocument(event.run) });
  if (event.kind !== "progress") return;
  // All are told whenever one has come further.
  for (const progress of ofThese(event.active, runIds)) {
    const [job] = progress.runIds as [number];
    const text = JSON.stringify(progress);
    if (printed.get(job) !== text) line({ kind: "progress", progress });
    printed.set(job, text);
  }
}

function showProgress(io: CliIo, event: EngineEvent, runIds: readonly number[]): void {
  if (!io.isWatched || event.kind !== "progress") return;
  io.err(`${eraseLine}${jobsInWords(ofThese(event.active, runIds), runIds)}`);
}

/** Where the jobs of these runs stand, in a line. */
function jobsInWords(jobs: readonly JobProgress[], runIds: readonly number[]): string {
  const [first] = jobs;
  if (first === undefined) return "";
  const going = jobs.flatMap((job) => job.runIds);
  if (going.length === runIds.length && jobs.length === 1) return progressInWords(first);
  const places = going.map((runId) => runIds.indexOf(runId) + 1).join(", ");
  const which = `${going.length > 1 ? "Runs" : "Run"} ${places} of ${runIds.length}`;
  if (jobs.length === 1) return `${which} · ${progressInWords(first)}`;
  const paces = jobs.flatMap(({ imagesPerSecond }) => imagesPerSecond ?? []);
  const inAll = paces.reduce((sum, pace) => sum + pace, 0);
  return paces.length === 0 ? which : `${which} · ${Math.round(inAll)} images/s in all`;
}

const stageWords: Readonly<
  Record<Exclude<JobStage, "starting" | "preparing" | "compiling">, (epoch: string) => string>
> = {
  training: (epoch) => epoch.replace("e", "E"),
  validating: (epoch) => `Looking at the validation pictures, ${epoch}`,
  testing: () => "Looking at the test pictures",
  saving: (epoch) => `Saving, ${epoch}`,
};

/** Where a job stands, in a line. */
export function progressInWords(progress: JobProgress): string {
  const { phase, prepared, epoch, epochs, step, steps, imagesPerSecond, secondsLeft } = progress;
  if (phase === "starting") return "Starting TensorFlow";
  if (phase === "measuring") return "Trying how many runs are fastest side by side";
  if (phase === "preparing") return `Preparing pictures: ${whole(prepared?.done)} of ${whole(prepared?.total)}`;
  if (phase === "compiling") return "Compiling the training step";
  return [
    stageWords[phase](`epoch ${epoch} of ${epochs}`),
    `step ${whole(step)} of ${whole(steps)}`,
    ...(prepared === null ? [] : [`pictures decoded: ${whole(prepared.done)} of ${whole(prepared.total)}`]),
    ...(imagesPerSecond === null ? [] : [`${Math.round(imagesPerSecond)} images/s`]),
    ...(secondsLeft === null ? [] : [`${exactDuration(secondsLeft)} left`]),
  ].join(" · ");
}
