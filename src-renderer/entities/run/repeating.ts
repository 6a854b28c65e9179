import { createContext } from "svelte";
import type { DatasetSource } from "../../../src-main/contract/dataset.ts";
import type { RunView } from "../../../src-main/contract/run.ts";

/**
 * @param job the run with the others of its block, in the order of the arms; the block is repeated even where some of them were deleted
 * @param pictures what to train on instead of its own pictures, such as another version of them
 */
export type RepeatJob = (run: RunView, job: readonly RunView[], pictures?: DatasetSource) => void;

/** The way from a recorded run to the Train page, filled as that run was set up; the app knows it. */
export const [repeatJob, provideRepeatJob] = createContext<RepeatJob>();
