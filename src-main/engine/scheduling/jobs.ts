/**
 * Jobs train side by side as far as threads and memory go, in the record's order: none overtakes another, so that nothing waits for ever. A data set is opened
 * when its job's turn comes: where that fails, the job's runs end with the reason, and the next has its turn.
 */
import type { JobProgress } from "../../contract/events.ts";
import { type GoingJob, hasRoom, type JobNeeds, type Machine } from "../../domain/experiments/side-by-side.ts";
import type { WaitingJob } from "../../store/queue.ts";
import type { DatasetLibrary } from "../datasets/dataset-library.ts";
import { tellRuns } from "../feed/tell-runs.ts";
import type { Gpus } from "../machine/gpus.ts";
import { isBusy } from "../record/patience.ts";
import { processErrorOf } from "../trainer/job-end.ts";
import { startingProgress } from "../trainer/job-progress.ts";
import { type Job, type JobTools, type RunningJob, runJob } from "../trainer/run-job.ts";
import type { SideBySide } from "./side-by-side.ts";

export interface Jobs {
  /** Of what trains here or is about to, in the order in which it began. */
  readonly active: readonly JobProgress[];
  /** What trains here. */
  readonly running: readonly RunningJob[];
  /** Runs that train here. */
  readonly runIds: readonly number[];
  /** Begins what has its turn and finds room. Call whenever something may have changed that. */
  startNext(): void;
  /** Ends the job that has this run, if it trains here, for good or until it goes on. */
  interrupt(runId: number, reason: "stopped-by-person" | "paused"): void;
  /** Ends what trains; what waits stays in the record's queue. Resolves within `limitMillis` and the moment a killed process takes to go. */
  close(limitMillis: number): Promise<void>;
}

interface Opening {
  readonly progress: JobProgress;
  readonly needs: JobNeeds;
  /** As those of `Running`. */
  readonly pictures: string;
  readonly stop: AbortController;
}

interface Running {
  readonly job: RunningJob;
  readonly needs: JobNeeds;
  /** Pictures at one size: those that a job decodes, a later one finds. */
  readonly pictures: string;
}

export function createJobs(
  tools: Omit<JobTools, "onProgress" | "onPromoted"> & {
    readonly engineId: string;
    readonly datasets: DatasetLibrary;
    readonly sideBySide: SideBySide;
    readonly gpus: Gpus;
    readonly machine: () => Machine;
    readonly isHeld: () => boolean;
    /** The queue is another than it was. */
    readonly onChange: () => void;
  },
): Jobs {
  const { store, feed, clock, log, signal, engineId, datasets, sideBySide, isHeld, onChange } = tools;
  /** By the number of the job's first run. */
  const opening = new Map<number, Opening>();
  const running = new Map<number, Running>();
  /** Of these every job so far came past their decoding. */
  const decoded = new Set<string>();
  let isClosed = false;

  const active = (): readonly JobProgress[] => [
    ...[...running.values()].flatMap(({ job }) => job.progress ?? []),
    ...[...opening.values()].map(({ progress }) => progress),
  ];
  const tell = () => feed.publish({ kind: "progress", active: active() });
  const isPreparing = ({ job: { progress } }: Running) =>
    progress?.phase === "starting" || progress?.phase === "preparing" || (progress?.prepared ?? null) !== null;

  const open = async (runIds: WaitingJob, stop: AbortSignal): Promise<Omit<Job, "gpu">> => {
    const runs = runIds.map(store.runs.get);
    const [first] = runs as [(typeof runs)[number]];
    const { dataset } = await datasets.openFor(first, stop);
    const arms = runs.map(({ configuration }) => configuration);
    return { runIds, arms, dataset, threads: first.threads, isResumed: first.startedAt !== null };
  };
  const failWaiting = (runIds: WaitingJob, thrown: unknown): void => {
    log.warn({ err: thrown, runIds }, "a job could not begin");
    store.transaction(() => {
      if (!store.queue.isWaiting(runIds[0]!, engineId)) return;
      for (const runId of runIds) store.runs.end(runId, "error", processErrorOf(thrown), clock.now().toISOString());
    });
    tellRuns(store, feed, runIds);
  };
  const begin = (job: Omit<Job, "gpu">, needs: JobNeeds, pictures: string): void => {
    const isOurs = store.transaction(() => store.queue.begin(job.runIds, engineId, clock.now().toISOString()));
    if (!isOurs) return;
    const [id] = job.runIds as [number];
    const onProgress = (): void => {
      const mine = running.get(id);
      if (mine !== undefined && !isPreparing(mine) && !decoded.has(pictures)) {
        decoded.add(pictures);
        startNext();
      }
      tell();
    };
    const onPromoted = (): void => {
      onChange();
      startNext();
    };
    const gpu = tools.gpus.take();
    const started = runJob({ ...job, gpu: gpu?.uuid ?? null }, { ...tools, onProgress, onPromoted });
    running.set(id, { job: started, needs, pictures });
    const next = (): void => {
      gpu?.letGo();
      running.delete(id);
      tell();
      startNext();
    };
    started.done.then(next).catch((thrown: unknown) => log.error({ err: thrown }, "the next job could not begin"));
  };
  /** Whether another job decodes the same pictures right now, or is about to: then this one had better wait for them. */
  const isDecodedNow = (pictures: string) =>
    !decoded.has(pictures) &&
    [...opening.values(), ...[...running.values()].filter(isPreparing)].some((one) => one.pictures === pictures);
  const openAndBegin = async (runIds: WaitingJob, needs: JobNeeds, pictures: string): Promise<void> => {
    const [id] = runIds as readonly [number];
    const progress = startingProgress(runIds, store.runs.find(id)?.configuration.training.epochs ?? 0);
    const stop = new AbortController();
    const signals = AbortSignal.any([stop.signal, signal]);
    opening.set(id, { progress, needs, pictures, stop });
    tell();
    try {
      const job = await open(runIds, signals);
      await tools.gpus.look();
      if (sideBySide.isToChoose(runIds)) {
        opening.set(id, { progress: { ...progress, phase: "measuring" }, needs, pictures, stop });
        tell();
        await sideBySide.choose(runIds, job.dataset.classNames.length, signals);
      }
      // Meanwhile the person may have held the queue, or the engine may have been told to end.
      else if (!isClosed && !isHeld()) begin(job, needs, pictures);
    } catch (thrown) {
      // It still waits, and the next heartbeat tries again.
      if (isBusy(thrown)) return;
      // One that was stopped has its end recorded already.
      if (!isClosed && !stop.signal.aborted) failWaiting(runIds, thrown);
    } finally {
      opening.delete(id);
      tell();
    }
    if (isClosed) return;
    onChange();
    startNext();
  };
  const going = (): readonly GoingJob[] => [
    ...[...running.values()].map(({ job, needs }) => ({ ...needs, heldBytes: job.heldBytes })),
    ...[...opening.values()].map(({ needs }) => ({ ...needs, heldBytes: 0 })),
  ];
  const heldRunIds = () => [...running.values()].flatMap(({ job }) => job.runIds);
  const startNext = (): void => {
    if (isClosed || isHeld()) return;
    for (;;) {
      // What is being opened waits by the record until it has begun.
      const runIds = store.queue.jobsOf(engineId, opening.size + 1).find(([first]) => !opening.has(first!));
      if (runIds === undefined) return;
      // One that goes on the moment it is paused, before its process is gone, waits for that.
      if (heldRunIds().some((runId) => runIds.includes(runId))) return;
      const [id] = runIds as readonly [number];
      const run = store.runs.find(id);
      const needs = { threads: run?.threads ?? null, memoryBytes: run?.predictedMemoryBytes ?? null };
      if (!hasRoom(needs, going(), tools.machine())) return;
      const { dataset, model, resize } = run?.configuration ?? {};
      const pictures = JSON.stringify([dataset, model?.inputPixels, resize]);
      if (isDecodedNow(pictures)) return;
      openAndBegin(runIds, needs, pictures).catch((thrown: unknown) => {
        // It still waits, and the next heartbeat tries again.
        log.error({ err: thrown, runIds }, "the start of a job could not be recorded");
      });
      // The record could not even be read.
      if (!opening.has(id)) return;
    }
  };

  return {
    get active() {
      return active();
    },
    get running() {
      return [...running.values()].map(({ job }) => job);
    },
    get runIds() {
      return heldRunIds();
    },
    startNext,
    interrupt(runId, reason) {
      for (const { job } of running.values()) if (job.runIds.includes(runId)) job.interrupt(reason);
      for (const { progress, stop } of opening.values()) if (progress.runIds.includes(runId)) stop.abort();
    },
    async close(limitMillis) {
      isClosed = true;
      const jobs = [...running.values()].map(({ job }) => job);
      for (const job of jobs) job.interrupt("engine-closed");
      const timer = setTimeout(() => {
        for (const job of jobs) job.kill();
      }, limitMillis);
      await Promise.all(jobs.map(({ done }) => done));
      clearTimeout(timer);
    },
  };
}
