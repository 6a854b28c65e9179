/** The list of runs: searched, filtered, sorted, and put together by experiment. */
import type { RunState, RunView } from "../../../src-main/contract/run.ts";

export const stateFilters = ["all", "going", "finished", "ended"] as const;
/** `ended`: over before its last epoch, for whatever reason. */
export type StateFilter = (typeof stateFilters)[number];

export const runOrders = ["latest", "top1", "hardLoss", "duration", "model"] as const;
export type RunOrder = (typeof runOrders)[number];

export interface RunGroup {
  /** Stays the same while the list changes. */
  readonly key: string;
  readonly experimentId: number | null;
  readonly runs: readonly RunView[];
}

const filterStates: Readonly<Record<StateFilter, readonly RunState[] | null>> = {
  all: null,
  going: ["queued", "running"],
  finished: ["finished"],
  ended: ["paused", "stopped", "failed", "interrupted"],
};

/** A run is found by any of its words: title, note, network, data set, number. */
function isFound(run: RunView, words: readonly string[]): boolean {
  const text =
    `${run.id} ${run.title} ${run.note} ${run.model.id} ${run.model.title} ${run.dataset.name}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** The figures that a list shows: of the test pictures where they were looked at. */
export function finalResult(run: RunView): RunView["test"] {
  return run.test ?? run.validation;
}

/** Seconds that its stretches took; null while it has not ended. */
export function elapsedSeconds(run: RunView): number | null {
  return run.endedAt === null ? null : run.seconds;
}

/** Groups in order; within a group arm A stands first. A group is shown whole when any of its runs is found. */
export function runGroups(
  runs: readonly RunView[],
  question: { readonly text: string; readonly state: StateFilter; readonly order: RunOrder },
): RunGroup[] {
  const byKey = new Map<string, RunView[]>();
  for (const run of runs) {
    const key = run.experimentId === null ? `run ${run.id}` : `experiment ${run.experimentId}`;
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  const words = question.text.toLowerCase().split(/\s+/).filter(Boolean);
  const states = filterStates[question.state];
  const isShown = (run: RunView): boolean => isFound(run, words) && (states === null || states.includes(run.state));
  return [...byKey]
    .filter(([, members]) => members.some(isShown))
    .map(([key, members]) => ({
      key,
      experimentId: members[0]?.experimentId ?? null,
      runs: [...members].sort((a, b) => a.id - b.id),
    }))
    .sort((a, b) => compareGroups(a, b, question.order));
}

function compareGroups(a: RunGroup, b: RunGroup, order: RunOrder): number {
  const latest = newest(b) - newest(a);
  switch (order) {
    case "latest":
      return latest;
    case "top1":
      return best(b, "top1", Math.max) - best(a, "top1", Math.max) || latest;
    case "hardLoss":
      return best(a, "hardLoss", Math.min) - best(b, "hardLoss", Math.min) || latest;
    case "duration":
      return longest(b) - longest(a) || latest;
    case "model":
      return (a.runs[0]?.model.title ?? "").localeCompare(b.runs[0]?.model.title ?? "") || latest;
  }
}

const newest = (group: RunGroup): number => Math.max(...group.runs.map((run) => run.id));
const longest = (group: RunGroup): number => Math.max(...group.runs.map((run) => elapsedSeconds(run) ?? 0));

/** The group's best value; runs without one stand last, at a number that is worse than any (finite, so that two of them are equal). */
function best(group: RunGroup, metric: "top1" | "hardLoss", pick: (...values: number[]) => number): number {
  const worst = pick === Math.max ? -1 : Number.MAX_VALUE;
  return pick(...group.runs.map((run) => finalResult(run)?.[metric] ?? worst));
}
