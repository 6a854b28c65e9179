/** The list of runs as pages ask for it: found, put in order and cut into pages here, so that no window has to hold the record. */
import type { CodedError } from "../../contract/errors.ts";
import type { JobProgress } from "../../contract/events.ts";
import { toldJobs } from "../../contract/queue.ts";
import type { RunView } from "../../contract/run.ts";
import type {
  ListedRuns,
  RecordSize,
  RunCandidates,
  RunListPage,
  RunListQuestion,
  RunsQuestion,
} from "../../contract/run-list.ts";
import { blockKey } from "../../domain/experiments/blocks.ts";
import { type ExperimentProgress, experimentProgress } from "../../domain/experiments/experiment-progress.ts";
import { latestPair } from "../../domain/experiments/latest-pair.ts";
import { differingSettings } from "../../domain/runs/differing-settings.ts";
import { findRunField } from "../../domain/runs/run-fields.ts";
import { isBehind, type PlacedGroup, placedGroups, runGroupOf } from "../../domain/runs/run-groups.ts";
import { parseRunQuery } from "../../domain/runs/run-query.ts";
import { finalResult, finalSplit } from "../../domain/runs/run-values.ts";
import { suspectRuns } from "../../domain/runs/suspect-runs.ts";
import { canBeCompared } from "../../domain/verdicts/can-be-compared.ts";
import type { Store } from "../../store/open-store.ts";
import { foundRuns } from "./found-runs.ts";

export interface RunList {
  page(question: RunListQuestion): RunListPage;
  /** Throws what `foundRuns` does. */
  listed(question: RunsQuestion): ListedRuns;
  /** Every run that is found, on whatever page. */
  ids(question: RunListQuestion): readonly number[];
  /** Those that are there, with the runs of their blocks. */
  some(runIds: readonly number[]): readonly RunView[];
  /** What a window needs before anyone asks: what trains, what awaits an answer, the first jobs that wait, and what ended last. */
  neededAtOnce(): readonly RunView[];
  candidates(chosen: readonly number[], text: string, most: number): RunCandidates;
  /** The latest block whose runs can be compared, null where there is none; and how many runs there are. */
  latestPair(): { readonly runIds: readonly number[] | null; readonly all: number };
  /** Runs of a network, or with null of any, whose weights are kept; the latest first. */
  withWeights(modelId: string | null, most: number): readonly RunView[];
  /** Runs that are asked about the labels of this run's pictures. Throws `run.unknown`. */
  suspectRuns(runId: number): readonly number[];
  experimentProgress(experimentId: number): ExperimentProgress;
}

export function createRunList(tools: {
  readonly store: Store;
  readonly active: () => readonly JobProgress[];
}): RunList {
  const { store, active } = tools;
  const all = store.runs.list;
  const withMates = (runs: readonly RunView[]): readonly RunView[] => {
    const blocks = new Set(runs.map(blockKey));
    return all().filter((run) => blocks.has(blockKey(run)));
  };
  const some = (runIds: readonly number[]): readonly RunView[] => {
    const asked = new Set(runIds);
    return withMates(all().filter(({ id }) => asked.has(id)));
  };
  let last: { readonly of: readonly RunView[]; readonly key: string; readonly found: Found } | null = null;
  /** Of a record that stays as it is, the pages of one list are cut from one answer. */
  const found = ({ text, state, sort }: RunListQuestion): Found => {
    const runs = all();
    const key = JSON.stringify([text, state, sort]);
    if (last === null || last.of !== runs || last.key !== key)
      last = { of: runs, key, found: findIn(runs, { text, state, sort }) };
    return last.found;
  };

  return {
    page(question) {
      const { groups, ...facts } = found(question);
      const { behind, most, sort } = question;
      const first = behind === null ? 0 : groups.findIndex(({ place }) => isBehind(place, behind, sort.isDescending));
      const before = first < 0 ? groups.length : first;
      const shown = groups.slice(before, before + most);
      return {
        ...facts,
        groups: shown.map(({ key, members }) => runGroupOf(key, members)),
        before,
        allGroups: groups.length,
        next: before + most < groups.length ? shown.at(-1)!.place : null,
      };
    },
    listed({ skip, most, ...asked }) {
      const runs = foundRuns(all(), asked);
      return { runs: runs.slice(skip, skip + most), found: runs.length, recorded: all().length };
    },
    ids: (question) =>
      found(question).groups.flatMap(({ key, members }) => runGroupOf(key, members).runs.map(({ id }) => id)),
    some,
    neededAtOnce() {
      const runs = all();
      const going = runs.filter(({ state, awaitsAnswer }) => state === "running" || awaitsAnswer);
      const latest = runs.find(({ state }) => state !== "queued");
      const here = active().flatMap(({ runIds }) => runIds);
      return some([
        ...going.map(({ id }) => id),
        ...(latest ? [latest.id] : []),
        ...here,
        ...store.queue.jobs(toldJobs).flat(),
      ]);
    },
    candidates(chosenIds, text, most) {
      const chosen = all().filter(({ id }) => chosenIds.includes(id));
      const others = all().filter((run) => finalResult(run) !== null && !chosenIds.includes(run.id));
      const isMate = (run: RunView): boolean => chosen.every((other) => canBeCompared(run, other));
      const mates = others.filter(isMate);
      const { matches, problem } = parseRunQuery(text, others);
      const fitting = [...mates, ...others.filter((run) => !isMate(run))].filter(matches);
      return {
        runs: fitting.slice(0, most),
        all: others.length,
        found: fitting.length,
        hasMate: mates.length > 0,
        problem: problem && codedOf(problem),
      };
    },
    latestPair: () => ({ runIds: latestPair(all()), all: all().length }),
    withWeights: (modelId, most) =>
      all()
        .filter((run) => run.weights !== null && (modelId === null || run.model.id === modelId))
        .slice(0, most),
    suspectRuns(runId) {
      const run = store.runs.get(runId);
      const job = withMates([run]).toSorted((a, b) => a.id - b.id);
      return suspectRuns(run, job, all()).map(({ id }) => id);
    },
    experimentProgress: (experimentId) => experimentProgress(experimentId, all(), active()),
  };
}

/** All that a page tells of what is found, and all groups of it. */
type Found = Omit<RunListPage, "groups" | "before" | "allGroups" | "next"> & {
  readonly groups: readonly PlacedGroup[];
};

function findIn(
  all: readonly RunView[],
  { text, state, sort }: Pick<RunListQuestion, "text" | "state" | "sort">,
): Found {
  const { matches, problem } = parseRunQuery(text, all);
  const read = findRunField(sort.column)?.read ?? ((run: RunView) => run.id);
  const groups = placedGroups(all, { matches, state, read, isDescending: sort.isDescending });
  const runs = groups.flatMap(({ members }) => members);
  return {
    groups,
    allRuns: runs.length,
    problem: problem && codedOf(problem),
    differing: differingSettings(runs),
    mostClasses: runs.reduce((most, { dataset }) => Math.max(most, dataset.classes.length), 0),
    isOnValidation: runs.some((run) => finalSplit(run) === "validation"),
    record: sizeOf(all),
  };
}

function codedOf({ code, problem, remedy }: CodedError): CodedError {
  return { code, problem, remedy };
}

function sizeOf(runs: readonly RunView[]): RecordSize {
  return { runs: runs.length, diskBytes: runs.reduce((sum, run) => sum + run.diskBytes, 0) };
}
