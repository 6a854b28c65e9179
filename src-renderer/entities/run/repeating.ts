import { createContext } from "svelte";
import type { RunView } from "../../../src-main/contract/run.ts";

/** @param job the run with its arm-mate, arm A first; the pair is repeated even where the mate was deleted */
export type RepeatJob = (run: RunView, job: readonly RunView[]) => void;

/** The way from a recorded run to the Train page, filled as that run was set up; the app knows it. */
export const [repeatJob, provideRepeatJob] = createContext<RepeatJob>();
