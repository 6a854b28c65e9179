/** The list of runs, page by page, and what a window keeps of the record. */
import { z } from "zod";
import type { CodedError } from "./errors.ts";
import { pageShape } from "./page.ts";
import { type RunView, runStates } from "./run.ts";

export const stateFilters = ["all", "going", "finished", "ended", "archived"] as const;
/** `ended`: over before its last epoch, for whatever reason. Archived runs are shown by their own filter alone. */
export type StateFilter = (typeof stateFilters)[number];

export interface RunGroup {
  /** Stays the same while the list changes. */
  readonly key: string;
  readonly experimentId: number | null;
  readonly runs: readonly RunView[];
}

/** Where a group stands in a list: pages go on behind it, so that what is added meanwhile moves nothing from one to another. */
const runGroupPlace = z.object({
  isPinned: z.boolean(),
  value: z.union([z.number(), z.string(), z.boolean(), z.null()]),
  newest: z.int(),
});
export type RunGroupPlace = z.infer<typeof runGroupPlace>;

/** Which runs are found. */
const foundRuns = z.object({
  /** As it is typed. */
  text: z.string().max(10_000).default(""),
  state: z.enum(stateFilters).default("all"),
});
export const runListQuestion = foundRuns.extend({
  /** By the name of a field; the number where there is none of this name. */
  sort: z
    .object({ column: z.string().max(200), isDescending: z.boolean() })
    .default({ column: "id", isDescending: true }),
  /** Groups on a page. */
  most: z.int().positive().max(1_000).default(30),
  /** The page before ends here; null for the first page. */
  behind: runGroupPlace.nullable().default(null),
});
export type RunListQuestion = z.infer<typeof runListQuestion>;

/** Runs one by one, as the command line lists them: the newest first unless they are sorted. */
export const runsQuestion = z.object({
  state: z.enum(runStates).optional(),
  tag: z.string().max(200).optional(),
  model: z.string().max(100).optional(),
  /** As it is typed. */
  text: foundRuns.shape.text,
  /** Those in the archive alone, or those outside of it. */
  isArchived: z.boolean().default(false),
  /** By the name of a field. */
  sort: z
    .object({ column: z.string().max(200), isDescending: z.boolean() })
    .nullable()
    .default(null),
  ...pageShape,
});
export type RunsQuestion = z.infer<typeof runsQuestion>;

export interface ListedRuns {
  readonly runs: readonly RunView[];
  /** On all pages. */
  readonly found: number;
  /** Whatever is asked for. */
  readonly recorded: number;
}

export interface RecordSize {
  readonly runs: number;
  readonly diskBytes: number;
}

export interface RunListPage {
  readonly groups: readonly RunGroup[];
  /** Groups before these. */
  readonly before: number;
  /** Groups and runs that are found, on all pages. */
  readonly allGroups: number;
  readonly allRuns: number;
  /** What the next page is asked for with; null on the last one. */
  readonly next: RunGroupPlace | null;
  /** The first thing in the text that was not understood. */
  readonly problem: CodedError | null;
  /** Paths of the settings that differ among all that are found. */
  readonly differing: readonly string[];
  /** The most classes that the pictures of one of them have; 0 where none is found. */
  readonly mostClasses: number;
  /** Whether the figures of some of them are on validation pictures. */
  readonly isOnValidation: boolean;
  /** All that is recorded. */
  readonly record: RecordSize;
}

/** Runs that can be compared with those that are chosen, the latest first; behind them those on other pictures. */
export interface RunCandidates {
  readonly runs: readonly RunView[];
  /** How many there are, and how many of them are found. */
  readonly all: number;
  readonly found: number;
  /** Whether one of all is on the same pictures. */
  readonly hasMate: boolean;
  readonly problem: CodedError | null;
}
