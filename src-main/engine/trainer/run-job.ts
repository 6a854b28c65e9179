/** One job: one run or two arms that advance together, in a training process of their own. */
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { CodedError } from "../../contract/errors.ts";
import type { JobProgress, TrainingEvent } from "../../contract/events.ts";
import type { Dataset } from "../../datasets/example.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { Paths } from "../../platform/paths.ts";
import type { Store } from "../../store/open-store.ts";
import type { Interruption, TrainerMessage } from "../../training/job.ts";
import type { AtRung, Search } from "../experiments/search.ts";
import type { Feed } from "../feed/feed.ts";
import { tellRuns } from "../feed/tell-runs.ts";
import { seeing } from "../machine/gpus.ts";
import { isBusy, type Patience } from "../record/patience.ts";
import type { Waits } from "../waits.ts";
import { endOf, processErrorOf } from "./job-end.ts";
import { progressAfter, startingProgress } from "./job-progress.ts";
import { watchMemory } from "./memory-watch.ts";
import { recordEvent } from "./record-event.ts";
import { checkpointFolderOf, removeFolder, type SavedStates } from "./saved-states.ts";
import { startTrainer, type TrainerExit } from "./trainer-process.ts";

export interface Job {
  /** One an arm. */
  readonly runIds: readonly number[];
  readonly arms: readonly RunConfiguration[];
  readonly dataset: Dataset;
  /** That it may use; null for all that the machine lends. */
  readonly threads: number | null;
  /** UUID of the GPU that it has to itself; null on a processor. */
  readonly gpu: string | null;
  /** Of a job that went before and goes on; false for one that begins. */
  readonly isResumed: boolean;
}

export interface JobTools {
  readonly store: Store;
  readonly feed: Feed;
  readonly paths: Paths;
  readonly clock: Clock;
  readonly log: Log;
  readonly savedStates: SavedStates;
  readonly patience: Patience;
  readonly trainerEntry: string;
  /** Variables that a training process which begins now has otherwise than this one; on so many threads, or on all that the machine lends. */
  readonly trainerEnvironment: (threads?: number | null) => NodeJS.ProcessEnv;
  /** How long a training process may take to end its batch after it was told to stop; then it is killed. */
  readonly stopGraceMillis: number;
  readonly waits: Waits;
  /** Aborts when the engine closes. */
  readonly signal: AbortSignal;
  readonly search: Search;
  /** Its search took runs up again, which wait. */
  readonly onPromoted: () => void;
  /** A job has come further, or is over. */
  readonly onProgress: () => void;
}

export interface RunningJob {
  readonly runIds: readonly number[];
  /** Null once the process is gone. */
  readonly progress: JobProgress | null;
  /** Of its process, as last looked at. */
  readonly heldBytes: number;
  /** Since it began or went on. */
  readonly seconds: number;
  /** Ends the job within one batch; what is recorded stays. */
  interrupt(reason: Interruption): void;
  kill(): void;
  /** Kills it, and records nothing more. */
  abandon(): void;
  /** Resolves when the process is gone and every run of the job has its end recorded. */
  readonly done: Promise<void>;
}

/** Of a job that the record already calls running. */
export function runJob(job: Job, tools: JobTools): RunningJob {
  const { store, feed, clock, log, savedStates, search, onProgress } = tools;
  const { untilFree } = tools.patience;
  const { runIds } = job;
  const open = new Set(runIds.keys());
  let progress = startingProgress(runIds, job.arms[0]?.training.epochs ?? 0);
  const checkpointFolder = checkpointFolderOf(store.runs.standing(runIds[0]!));
  const begunAt = clock.monotonicMillis();
  const seconds = () => (clock.monotonicMillis() - begunAt) / 1_000;
  let interruption: Interruption | null = null;
  let failure: CodedError | null = null;
  let isOver = false;
  let graceTimer: NodeJS.Timeout | undefined;
  /** It was told to end, and did not within the time it was given. */
  let isOverdue = false;
  let isAbandoned = false;
  let isGivenUp = false;

  tellRuns(store, feed, runIds);

  const kill = (): void => {
    if (isOver) return;
    isOverdue = true;
    log.warn({ runIds, progress, interruption }, "a training process that was told to end is killed");
    trainer.kill();
  };
  const interrupt = (reason: Interruption): void => {
    // The first reason stands: a run that a person stopped was not interrupted by the engine's end right after.
    interruption ??= reason;
    // Its process is gone and its end waits for the record; a timer would keep this process for nothing.
    if (isOver) return;
    trainer.send({ kind: "interrupt", reason: interruption });
    graceTimer ??= setTimeout(kill, tools.stopGraceMillis);
  };
  const tellPromoted = (promoted: readonly number[]): void => {
    if (promoted.length === 0) return;
    tellRuns(store, feed, promoted);
    tools.onPromoted();
  };

  const receive = async (event: TrainingEvent): Promise<void> => {
    const before = event.kind === "weights" ? store.runs.standing(runIds[event.arm]!).weightsFile : null;
    const { told, decided } = await untilFree(() =>
      store.transaction(() => ({
        told: isAbandoned ? [] : recordEvent(store, { runIds, checkpointFolder, seconds }, event, clock.now()),
        decided: isAbandoned ? null : decidedAfter(event, job, search),
      })),
    );
    if (isAbandoned) return;
    for (const one of told) feed.publish(one);
    tellPromoted(decided?.promoted ?? []);
    // Before its process is told to go on, so that it makes no further step.
    if (decided?.stops) interrupt("halved");
    // What the record no longer names can go; never the other way round.
    if (before !== null) removeFolder(join(tools.paths.weights, before), log);
    if (event.kind === "resumed") await untilFree(() => savedStates.forgetAfter(runIds, event.step));
    if (event.kind === "ended") open.delete(event.arm);
    if (event.kind === "checkpoint" || open.size === 0) await untilFree(() => savedStates.thin(runIds));
    if (event.kind === "memory")
      log[event.leakedTensors > 0 ? "warn" : "debug"]({ runIds, ...event }, "tensors and memory at an epoch's end");
    progress = progressAfter(progress, event);
    if (event.kind === "progress" || event.kind === "preparing" || event.kind === "started") onProgress();
    trainer.send({ kind: "received" });
  };
  const take = async (message: TrainerMessage): Promise<void> => {
    if (failure !== null || isAbandoned || isGivenUp) return;
    try {
      if (message.kind === "event") await receive(message.event);
      else if (message.kind === "holds") memoryWatch?.told(message.memory);
      else if (message.kind === "failed") {
        failure = message.error;
        // It ends by itself, unless a read that never returns holds it.
        clearTimeout(graceTimer);
        graceTimer = setTimeout(() => trainer.kill(), tools.waits.failedGraceMillis);
      }
    } catch (thrown) {
      // What cannot be recorded must not be trained on.
      log.error({ err: thrown, runIds }, "recording failed");
      // Busy to the end of this engine: the run goes on another time.
      if (isBusy(thrown)) isGivenUp = true;
      else failure = processErrorOf(thrown);
      trainer.kill();
    }
  };
  /** Messages are taken one after another, in the order in which they came. */
  let taken = Promise.resolve();
  const onMessage = (message: TrainerMessage): void => {
    taken = taken.then(() => take(message));
  };
  const trainer = startTrainer(
    tools.trainerEntry,
    onMessage,
    { ...tools.trainerEnvironment(job.threads), ...(job.gpu === null ? {} : seeing(job.gpu)) },
    tools.waits.leavingMillis,
  );
  const memoryWatch = trainer.pid === null ? null : watchMemory(trainer.pid);
  log.info({ runIds }, "training process started");
  const resumeFrom = job.isResumed ? savedStates.resumeFrom(runIds) : null;
  const { dataset, arms } = job;
  trainer.send({ kind: "train", job: { dataset, arms, paths: tools.paths, checkpointFolder, resumeFrom } });

  const settle = async (exit: TrainerExit): Promise<void> => {
    clearTimeout(graceTimer);
    await taken;
    isOver = true;
    const memory = memoryWatch?.finish() ?? null;
    if (isAbandoned) return;
    // One that crashed while it was to end is told as such: what it had not saved is lost.
    const askedFor = isOverdue || isGivenUp || exit.code === 0 ? interruption : null;
    const { reason, error } = endOf(job, exit, memory, askedFor, failure);
    if (open.size > 0) log.warn({ runIds, exit, memory, reason }, "training process ended early");
    const endedAt = clock.now().toISOString();
    const attempt = seconds();
    const end = () =>
      store.transaction(() => {
        if (memory?.last) for (const runId of runIds) store.runs.setMemory(runId, memory.last.peakBytes, 0);
        store.runs.setAttempt(
          [...open].map((arm) => runIds[arm]!),
          attempt,
        );
        for (const arm of open) store.runs.end(runIds[arm]!, reason, error, endedAt);
        return search.promote(runIds);
      });
    const promoted = await untilRecorded(end, tools, () => {
      // Windows are told at once why it ended; the record follows when it can be written.
      const ended = { state: "failed", endReason: reason, error, endedAt } as const;
      for (const arm of open) {
        const run = store.runs.find(runIds[arm]!);
        if (run !== null) feed.publish({ kind: "run", run: { ...run, ...ended } });
      }
      onProgress();
    });
    tellRuns(store, feed, runIds);
    tellPromoted(promoted);
  };
  const done = trainer.exited.then(settle).catch((thrown: unknown) => {
    // The next engine finds these runs without an end.
    log.error({ err: thrown, runIds }, "the end of a job could not be recorded");
  });

  return {
    runIds,
    get progress() {
      return isOver ? null : progress;
    },
    get heldBytes() {
      return memoryWatch?.last?.residentBytes ?? 0;
    },
    get seconds() {
      return seconds();
    },
    interrupt,
    kill,
    abandon() {
      isAbandoned = true;
      trainer.kill();
    },
    done,
  };
}

const retryMillis = 1_000;

/** Tries again until the record takes it: a full disk is emptied at some time. Gives up, and throws, when the engine closes. */
async function untilRecorded<T>(record: () => T, { log, signal, patience }: JobTools, onWait: () => void): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await patience.untilFree(record);
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      if (tries === 0) {
        log.error({ err: thrown }, "the end of a job waits for the record");
        onWait();
      }
      // Ends early where the engine closes, and is then tried once more.
      await pause(retryMillis, undefined, { signal }).catch(() => {});
    }
  }
}

/** What their search decides once an event of the runs is recorded; null for nothing. */
function decidedAfter(event: TrainingEvent, { runIds }: Job, search: Search): AtRung | null {
  return event.kind === "epoch-ended" ? search.atEpochEnd(runIds, event.epoch) : null;
}
