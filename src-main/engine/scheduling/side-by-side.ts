/**
 * How many runs of one experiment train side by side, and on how many threads each. Chosen once, when the first of them has its turn and nothing else trains,
 * by a short measurement on this machine that its record keeps; then recorded with each run, so that what trains beside it never changes its figures.
 */
import type { RunConfiguration } from "../../contract/configuration.ts";
import type { RunView } from "../../contract/run.ts";
import {
  fastestOf,
  jobCountsToTry,
  processesOf,
  type Throughput,
  threadsEach,
} from "../../domain/experiments/side-by-side.ts";
import type { Log } from "../../platform/log.ts";
import { processorModel } from "../../platform/processor.ts";
import type { Store } from "../../store/open-store.ts";
import type { WaitingJob } from "../../store/queue.ts";
import { armsOf, type Estimator } from "../estimation/estimate.ts";
import { recordedCostOf } from "../estimation/recorded-costs.ts";
import type { Gpus } from "../machine/gpus.ts";
import type { Threads } from "../machine/threads.ts";
import { askTrainer } from "../trainer/ask-trainer.ts";

const timedSteps = 3;
const enoughSeconds = 3;
/** Processes that start together are not ready at the same moment. */
const leastSeconds = 1.5;

export interface SideBySide {
  /** Whether this job's runs are of several, and nobody has chosen yet how those share the machine. */
  isToChoose(job: WaitingJob): boolean;
  /** By how many times it is measured that so many blocks, or arms of one, train faster side by side than one after another; 1 where nothing was measured. */
  gainOf(arms: readonly RunConfiguration[], classes: number, share: Share): number;
  /** Chooses, and records it with all of the experiment's runs that wait. Aborted by the signal, it records nothing. */
  choose(job: WaitingJob, classes: number, signal: AbortSignal): Promise<void>;
}

export function createSideBySide(tools: {
  readonly store: Store;
  readonly threads: Threads;
  readonly gpus: Pick<Gpus, "count">;
  readonly estimator: () => Pick<Estimator, "memory">;
  readonly freeMemoryBytes: () => number;
  readonly trainerEntry: string;
  /** As `JobTools`. */
  readonly trainerEnvironment: (threads: number) => NodeJS.ProcessEnv;
  readonly log: Log;
  readonly now: () => Date;
}): SideBySide {
  const { store, threads, gpus, freeMemoryBytes, trainerEntry, trainerEnvironment } = tools;

  /** On so many threads, all processes at once. */
  const measure = async (group: Group, classes: number, jobs: number, signal: AbortSignal): Promise<Measured> => {
    const each = threadsEach(jobs, threads.count());
    const processes = Array.from({ length: jobs }, (_, index) =>
      jobs === 1 || group.areWhole ? group.arms : [group.arms[index % group.arms.length]!],
    );
    const failed = new AbortController();
    const wanted = AbortSignal.any([signal, failed.signal]);
    const answers = await Promise.all(
      processes.map((arms) => {
        const command = { kind: "measure", arms, classes, steps: timedSteps, enoughSeconds, leastSeconds } as const;
        return askTrainer(trainerEntry, command, wanted, trainerEnvironment(each));
      }),
      // Where one is gone, the others would go on beside what trains next.
    ).finally(() => failed.abort());
    let imagesPerSecond = 0;
    let isOnGpu = false;
    for (const answer of answers) {
      if (answer.kind !== "measured") throw new Error(`Asked to measure, the trainer answered ${answer.kind}.`);
      const { secondsPerStep, device } = answer.costs;
      const pictures = secondsPerStep.length * group.arms[0]!.training.batchSize;
      imagesPerSecond += pictures / secondsPerStep.reduce((sum, seconds) => sum + seconds, 0);
      isOnGpu ||= device === "GPU";
    }
    return { jobs, threads: each, imagesPerSecond, isOnGpu };
  };
  const keyOf = (arms: readonly RunConfiguration[], classes: number, most: number) =>
    JSON.stringify([arms.map(recordedCostOf), classes, most, threads.count(), processorModel()]);
  const fastest = async (group: Group, classes: number, most: number, signal: AbortSignal): Promise<Throughput> => {
    const key = keyOf(group.arms, classes, most);
    const known = store.machine.throughputs(key);
    if (known !== null) return fastestOf(known);
    const measured: Throughput[] = [];
    try {
      for (const jobs of jobCountsToTry(most)) {
        const { isOnGpu, ...one } = await measure(group, classes, jobs, signal);
        measured.push(one);
        // Processes would share its memory, which each takes whole.
        if (isOnGpu) break;
      }
    } catch (thrown) {
      signal.throwIfAborted();
      // So many do not go; where not even one does, training it will say why.
      tools.log.warn({ err: thrown, measured }, "what trains fastest could not be measured to the end");
      if (measured.length === 0) return { jobs: 1, threads: threads.count(), imagesPerSecond: 0 };
    }
    store.transaction(() => store.machine.setThroughputs(key, measured, tools.now().toISOString()));
    return fastestOf(measured);
  };
  const mostOf = (group: Share): number => {
    const choice = threads.runsAtOnce();
    const fitting = Math.floor(freeMemoryBytes() / group.memoryBytes);
    const lent = gpus.count > 0 ? gpus.count : threads.count();
    return Math.max(1, Math.min(group.jobs, fitting, choice === "fastest" ? lent : choice));
  };
  /** Runs that share a choice: all blocks of an experiment that wait, or the arms of its one block. */
  const groupOf = async (job: WaitingJob): Promise<Group> => {
    const runs = job.map(store.runs.get);
    const [first] = runs as [RunView];
    const arms = armsOf(runs);
    const { experiment } = first;
    if (experiment !== null && experiment.blocks > 1) {
      const runIds = store.experiments
        .runIds(experiment.id)
        .filter((runId) => store.runs.standing(runId).state === "queued");
      const memoryBytes = first.predictedMemoryBytes ?? freeMemoryBytes();
      return { runIds, arms, areWhole: true, jobs: Math.ceil(runIds.length / arms.length), memoryBytes };
    }
    const { peakBytes } = await tools.estimator().memory([arms[0]]);
    return { runIds: job, arms, areWhole: false, jobs: processesOf(arms), memoryBytes: peakBytes };
  };

  return {
    isToChoose(job) {
      const run = store.runs.get(job[0]!);
      const isOfSeveral = (run.experiment?.blocks ?? 1) > 1 || job.length > 1;
      return isOfSeveral && run.startedAt === null && run.threads === null && threads.runsAtOnce() !== 1;
    },
    gainOf(arms, classes, share) {
      const most = threads.runsAtOnce() === "fastest" ? mostOf(share) : 1;
      const known = most > 1 ? store.machine.throughputs(keyOf(arms, classes, most)) : null;
      const inTurns = known?.find(({ jobs }) => jobs === 1);
      return known && inTurns ? fastestOf(known).imagesPerSecond / inTurns.imagesPerSecond : 1;
    },
    async choose(job, classes, signal) {
      const group = await groupOf(job);
      const most = mostOf(group);
      // A GPU each does not have to be tried.
      const isMeasured = most > 1 && threads.runsAtOnce() === "fastest" && gpus.count === 0;
      const chosen = isMeasured
        ? await fastest(group, classes, most, signal)
        : { jobs: most, threads: threadsEach(most, threads.count()) };
      signal.throwIfAborted();
      const ownMemoryBytes = job.length > 1 && chosen.jobs > 1 && !group.areWhole ? group.memoryBytes : null;
      store.transaction(() => {
        const waiting = group.runIds.filter((runId) => store.runs.standing(runId).state === "queued");
        store.runs.setThreads(waiting, chosen.threads, ownMemoryBytes);
      });
    },
  };
}

export interface Share {
  /** So many processes could train at once. */
  readonly jobs: number;
  /** Of each of these processes. */
  readonly memoryBytes: number;
}

interface Group extends Share {
  readonly runIds: readonly number[];
  /** Of one process that trains as many as it can of them in turns. */
  readonly arms: readonly RunConfiguration[];
  /** Each process trains all of these arms, not one of them. */
  readonly areWhole: boolean;
}

interface Measured extends Throughput {
  readonly isOnGpu: boolean;
}
