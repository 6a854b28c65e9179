/** Words of runs that were deleted a short while ago. */
import { keptDays } from "../../../src-main/contract/deleted-runs.ts";
import { count, counted } from "../../lib/format.ts";
import { isolated } from "../../lib/names.ts";

export const deletedTexts = {
  open: "Recently deleted",
  title: "Recently deleted",
  about: `Runs stay here for ${keptDays} days, with weights and checkpoints, and come back with all that they had.`,
  loading: "Loading deleted runs",
  none: `No run was deleted in the last ${keptDays} days.`,
  keptUntil: (day: string) => `kept until ${day}`,
  restore: "Bring back",
  restoreRun: (title: string, id: number) => `Bring back ${isolated(title)}, run ${id}`,
  more: (runs: number) => `And ${count(runs)} more, deleted before these.`,
  forget: "Delete for good…",
  forgetSurely: (runs: number) => `Delete ${counted(runs, "run")} for good`,
  forgotten: (runs: number) => `${counted(runs, "run")} deleted for good. The disk space is free at the next start.`,
} as const;
