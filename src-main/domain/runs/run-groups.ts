/** The list of runs: searched, filtered, sorted, and put together by block. */
import type { RunState, RunView } from "../../contract/run.ts";
import type { RunGroup, RunGroupPlace, StateFilter } from "../../contract/run-list.ts";
import { blockKey } from "../experiments/blocks.ts";
import { compareValues, type FieldValue } from "./run-values.ts";

const goingStates: readonly RunState[] = ["queued", "running"];
const isOfState: Readonly<Record<StateFilter, (run: RunView) => boolean>> = {
  all: () => true,
  going: ({ state }) => goingStates.includes(state),
  finished: ({ state }) => state === "finished",
  ended: ({ state }) => state !== "finished" && !goingStates.includes(state),
  archived: () => true,
};

export interface GroupsQuestion {
  readonly matches: (run: RunView) => boolean;
  readonly state: StateFilter;
  readonly read: (run: RunView) => FieldValue;
  readonly isDescending: boolean;
}

/**
 * Pinned groups first, then in order of each group's first value in that order; within a group arm A stands first. A group is shown whole when any of
 * its runs is found.
 */
export function runGroups(runs: readonly RunView[], question: GroupsQuestion): RunGroup[] {
  return placedGroups(runs, question).map(({ key, members }) => runGroupOf(key, members));
}

/** Whether a group stands after a place. */
export function isBehind(place: RunGroupPlace, other: RunGroupPlace, isDescending: boolean): boolean {
  return comparePlaces(place, other, isDescending) > 0;
}

function comparePlaces(a: RunGroupPlace, b: RunGroupPlace, isDescending: boolean): number {
  return (
    Number(b.isPinned) - Number(a.isPinned) || compareValues(a.value, b.value, isDescending) || b.newest - a.newest
  );
}

export interface PlacedGroup {
  readonly key: string;
  /** In the order of the record. */
  readonly members: readonly RunView[];
  readonly place: RunGroupPlace;
}

/** The same with where each stands. */
export function placedGroups(runs: readonly RunView[], question: GroupsQuestion): readonly PlacedGroup[] {
  const { matches, state, read, isDescending } = question;
  const byKey = new Map<string, RunView[]>();
  for (const run of runs) {
    if (run.isArchived !== (state === "archived")) continue;
    const key = blockKey(run);
    const mates = byKey.get(key);
    if (mates) mates.push(run);
    else byKey.set(key, [run]);
  }
  const isShown = (run: RunView): boolean => isOfState[state](run) && matches(run);
  const leading = (members: readonly RunView[]): FieldValue =>
    members.map(read).reduce((a, b) => (compareValues(a, b, isDescending) <= 0 ? a : b));
  return [...byKey]
    .filter(([, members]) => members.some(isShown))
    .map(([key, members]) => ({
      key,
      members,
      place: {
        isPinned: members.some((run) => run.isPinned),
        value: leading(members),
        newest: Math.max(...members.map((run) => run.id)),
      },
    }))
    .sort((a, b) => comparePlaces(a.place, b.place, isDescending));
}

const knownGroups = new WeakMap<RunView, RunGroup>();

/** Arm A first; the same object for the same runs, so that a row that stays need not be drawn anew. */
export function runGroupOf(key: string, members: readonly RunView[]): RunGroup {
  const runs = [...members].sort((a, b) => a.id - b.id);
  const [first] = runs;
  const known = first && knownGroups.get(first);
  if (known && known.runs.length === runs.length && known.runs.every((run, index) => run === runs[index])) return known;
  const group = { key, experimentId: first?.experiment?.arm == null ? null : first.experiment.id, runs };
  if (first) knownGroups.set(first, group);
  return group;
}
