/** What a job is doing, and where its seconds went: every moment since the process began belongs to one stage. */
import type { JobStage, SpentSeconds } from "../../contract/run.ts";

export interface StageClock {
  readonly stage: JobStage;
  /** From now on the job does this. */
  enter(stage: JobStage): void;
  /** So far, the stage that is going included. */
  seconds(): SpentSeconds;
}

/** @param nowSeconds since the process began */
export function createStageClock(nowSeconds: () => number = () => process.uptime()): StageClock {
  const spent: Record<JobStage, number> = {
    starting: 0,
    preparing: 0,
    compiling: 0,
    training: 0,
    validating: 0,
    testing: 0,
    saving: 0,
  };
  let stage: JobStage = "starting";
  let enteredAt = 0;
  const settle = (): void => {
    const now = nowSeconds();
    spent[stage] += now - enteredAt;
    enteredAt = now;
  };
  return {
    get stage() {
      return stage;
    },
    enter(next) {
      settle();
      stage = next;
    },
    seconds() {
      settle();
      return { ...spent };
    },
  };
}
