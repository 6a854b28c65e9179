/** Writes a job's checkpoints when they are due and tells of them. What cannot be written costs the run no step: it is told, and training goes on. */
import { join } from "node:path";
import { StrataError } from "../../contract/errors.ts";
import { codedWriteError } from "../../platform/disk-trouble.ts";
import { type Arm, costsOf } from "../arm.ts";
import type { TrainingJob, TrainingSink } from "../job.ts";
import { bestEvaluation } from "../plateau.ts";
import { veryBeginning } from "../prepare.ts";
import { jobHash } from "./manifest.ts";
import { findCheckpoint } from "./read-checkpoint.ts";
import { isCheckpointDue } from "./rules.ts";
import { type Position, writeCheckpoint } from "./write-checkpoint.ts";

export interface Saver {
  /** What the job goes on from, and why later checkpoints cannot be it. */
  readonly begin: ReturnType<typeof findCheckpoint>;
  /** The state after this step, or what is wrong with it. */
  find(step: number): ReturnType<typeof findCheckpoint>;
  /** Whether now is the time; null in the middle of an epoch. Best epochs of a run that stops early are always saved, since it may come back to them. */
  isDue(endedEpoch: number | null, arms: readonly Arm[]): boolean;
  /** Points up to here must have been handed on. */
  save(arms: readonly Arm[], position: Position, isEpochEnd: boolean): Promise<void>;
  readonly savedStep: number;
}

export function createSaver(job: TrainingJob, sink: TrainingSink): Saver {
  const jobFolder = join(job.paths.checkpoints, job.checkpointFolder);
  const hash = jobHash(job);
  const begin = findCheckpoint(
    (job.resumeFrom ?? []).map((folder) => join(jobFolder, folder)),
    hash,
  );
  const { brokenPictures } = begin.found?.manifest ?? veryBeginning;
  let savedStep = begin.found?.manifest.step ?? 0;
  let savedAt = performance.now();
  let lastWriteMillis = 0;

  return {
    begin,
    find: (step) => findCheckpoint([join(jobFolder, String(step))], hash),
    get savedStep() {
      return savedStep;
    },
    isDue(endedEpoch, arms) {
      if (endedEpoch !== null && arms.some(isAtItsBest)) return true;
      return isCheckpointDue({ millisSinceLast: performance.now() - savedAt, lastWriteMillis, endedEpoch });
    },
    async save(arms, position, isEpochEnd) {
      const startedAt = performance.now();
      try {
        const bytes = writeCheckpoint(arms, job.dataset.classNames, jobFolder, position, {
          jobHash: hash,
          brokenPictures,
        });
        savedStep = position.step;
        const costs = arms.map((arm) => (isEpochEnd ? (costsOf(arm).at(-1) ?? null) : null));
        await sink({ kind: "checkpoint", ...position, folder: String(position.step), bytes, costs });
      } catch (thrown) {
        const error = codedWriteError(thrown, jobFolder, "checkpoint.not-written");
        if (!(error instanceof StrataError)) throw error;
        await sink({ kind: "checkpoint-failed", error: error.toJSON() });
      }
      savedAt = performance.now();
      lastWriteMillis = savedAt - startedAt;
    },
  };
}

function isAtItsBest(arm: Arm): boolean {
  const { configuration, evaluations } = arm;
  return configuration.training.earlyStopping !== null && bestEvaluation(costsOf(arm)) === evaluations.length - 1;
}
