/**
 * A test fixture: an engine that trains nothing. It answers every question of `EngineApi` with invented but consistent data, and plays a
 * training in quick motion, so that every page can be opened in every state without TensorFlow.
 */

import type { TrainRequest } from "../../src-main/contract/configuration.ts";
import type { BrowsedFiles, DatasetSource } from "../../src-main/contract/dataset.ts";
import { StrataError } from "../../src-main/contract/errors.ts";
import type { EngineEvent, JobProgress } from "../../src-main/contract/events.ts";
import type { EngineStatus, ThreadsChoice, ThreadsView } from "../../src-main/contract/machine.ts";
import { noticeInWords } from "../../src-main/contract/notice.ts";
import type { QueueView } from "../../src-main/contract/queue.ts";
import type { ComparisonView, MemoryEstimate, RunMarks, RunView } from "../../src-main/contract/run.ts";
import type { SweepRequest, SweepView } from "../../src-main/contract/sweep.ts";
import { centredPixels } from "../../src-main/contract/weights.ts";
import { runsOfSweep } from "../../src-main/domain/sweep-grid.ts";
import type { EngineParts } from "../../src-main/engine/engine-parts.ts";
import type { SeriesQuestion } from "../../src-main/engine/runs/run-library.ts";
import { movedIn } from "../../src-main/engine/scheduling/queue.ts";
import type { StartedTraining } from "../../src-main/engine/scheduling/scheduling.ts";
import { cifar, drawn, fakeManyRuns, fakeNamedRuns, fakePair, fakeRecord, fakeRun, named } from "./fake-data.ts";
import { inspectFake, listFakeFolder } from "./fake-pictures.ts";
import { fakeConfusion, fakeMistakes, fakePointsAt, fakeSeries } from "./fake-series.ts";
import { fakeArchitecture } from "./fake-shelf.ts";
import { fakeSweepView, fakeSweptRuns, smoothingAndRate } from "./fake-sweeps.ts";

/**
 * `idle`: a record, nothing going. `rescued`: the same, begun after a damaged one. `busy`: a pair trains, another waits. `interrupted`: the engine ended
 * while one trained and two waited. `elsewhere`: another engine trains a pair. `compiling`: a pair is about to begin. `names`: pictures, runs and tags
 * of long and foreign names. `swept`: a sweep of 12 is on record. `many`: 60 runs, a third of them pairs. `nothing`: the first start.
 */
export const fakeScenes = [
  ...([
    "idle",
    "busy",
    "interrupted",
    "elsewhere",
    "compiling",
    "names",
    "swept",
    "many",
    "nothing",
    "starting",
    "failed",
    "rescued",
  ] as const),
] as const;
export type FakeScene = (typeof fakeScenes)[number];

const tickMillis = 400;
const stepsPerTick = 5;
const fakeCores = 4;

const rescued = {
  id: 1,
  at: "2026-01-15T08:00:00.000Z",
  ...noticeInWords({
    kind: "record-rescued",
    setAside: "/home/person/.local/share/strata/strata-damaged-2026-01-15T08-00-00-000Z.sqlite",
    brought: { runs: 12, points: 48_211 },
    lost: [{ table: "points", rows: 0, runsInPart: 2 }],
  }),
};

function fakeStatus(scene: FakeScene): EngineStatus {
  const base = { version: "0.1.0", cores: fakeCores, memoryBytes: 24e9, notices: scene === "rescued" ? [rescued] : [] };
  if (scene === "starting") return { ...base, state: "starting", tensorflow: null, device: null, problem: null };
  if (scene === "failed") {
    const problem = "The native TensorFlow runtime is not set up.";
    return { ...base, state: "failed", tensorflow: null, device: null, problem };
  }
  return { ...base, state: "ready", tensorflow: "TensorFlow 2.21.0", device: "CPU", problem: null };
}

function firstRecord(scene: FakeScene): RunView[] {
  if (scene === "nothing") return [];
  const blank = { validation: null, best: null, test: null, endedAt: null, endReason: null } as const;
  const going = { ...blank, state: "running", epochsDone: 4, stepsDone: 300 } as const;
  const waiting = { ...blank, state: "queued", startedAt: null, epochsDone: 0, stepsDone: 0 } as const;
  if (scene === "interrupted") {
    const ended = { state: "interrupted", endReason: "engine-died", isResumable: true, awaitsAnswer: true } as const;
    const interrupted = fakeRun({ ...blank, id: 9, ...ended, epochsDone: 4, stepsDone: 300 });
    return [...fakeRecord(), interrupted, ...[10, 11, 12].map((id) => fakeRun({ id, ...waiting }))];
  }
  if (scene === "names") return fakeNamedRuns();
  if (scene === "swept") return [...fakeRecord(), ...fakeSweptRuns(1, 9, smoothingAndRate, {})];
  if (scene === "compiling") return [...fakeRecord(), ...fakePair(3, 9, { ...going, epochsDone: 0, stepsDone: 0 })];
  if (scene === "elsewhere") return [...fakeRecord(), ...fakePair(3, 9, going)];
  if (scene === "many") return fakeManyRuns();
  if (scene !== "busy") return fakeRecord();
  return [...fakeRecord(), ...fakePair(3, 9, going), fakeRun({ id: 11, ...waiting })];
}

/** A machine with 8 GB free, of which a picture in a batch takes 15 MB. */
function fakeMemory({ configuration }: TrainRequest): MemoryEstimate {
  const freeBytes = 8e9;
  const peakBytes = 0.5e9 + configuration.training.batchSize * 15e6;
  const doesFit = peakBytes <= freeBytes;
  return { peakBytes, freeBytes, doesFit, batchThatFits: doesFit ? null : 500 };
}

/** Of a run that was just made. */
function fresh() {
  return {
    state: "queued",
    endReason: null,
    startedAt: null,
    endedAt: null,
    createdAt: new Date().toISOString(),
    epochsDone: 0,
    stepsDone: 0,
    validation: null,
    best: null,
    test: null,
  } as const;
}

/** The engine and what ends its clock. */
export function createFakeEngine(scene: FakeScene): { readonly engine: EngineParts; readonly close: () => void } {
  const runs = new Map(firstRecord(scene).map((run) => [run.id, run]));
  const removed = new Map<number, RunView>();
  const listeners = new Set<(event: EngineEvent) => void>();
  const datasets = scene === "nothing" ? [] : scene === "names" ? [named] : [cifar, drawn];

  const tell = (event: EngineEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const list = (): RunView[] => [...runs.values()].sort((a, b) => b.id - a.id);
  const find = (runId: number): RunView => {
    const run = runs.get(runId);
    if (!run) throw new StrataError("run.unknown", { runId });
    return run;
  };
  const put = (run: RunView): RunView => {
    runs.set(run.id, run);
    tell({ kind: "run", run });
    return run;
  };
  const going = (): RunView[] =>
    list()
      .filter((run) => run.state === "running")
      .reverse();

  /** Where jobs stand in the queue, by their first run; the rest in the order of their numbers, behind them. */
  let order: readonly number[] = [];
  let isHeld = scene === "interrupted";
  const waiting = (): readonly (readonly number[])[] => {
    const queued = list()
      .filter((run) => run.state === "queued")
      .reverse();
    const jobs = queued
      .filter(({ arm }) => arm !== "B")
      .map(({ id, experimentId }) =>
        experimentId === null ? [id] : queued.filter((run) => run.experimentId === experimentId).map((run) => run.id),
      );
    const place = ([first = 0]: readonly number[]) =>
      order.includes(first) ? order.indexOf(first) : order.length + first;
    return jobs.toSorted((a, b) => place(a) - place(b));
  };
  const held = (): QueueView["held"] => {
    if (!isHeld) return null;
    return scene === "interrupted" && list().some((run) => run.awaitsAnswer) ? "interrupted" : "person";
  };
  const sweeps = new Map<number, Pick<SweepView, "id" | "createdAt" | "request">>();
  if (scene === "swept") sweeps.set(1, { id: 1, createdAt: "2026-01-14T09:15:00.000Z", request: smoothingAndRate });
  const sweep = (sweepId: number): SweepView => {
    const found = sweeps.get(sweepId);
    if (!found) throw new StrataError("sweep.unknown", { sweepId });
    return fakeSweepView(found, list());
  };
  const endSweep = (sweepId: number, state: "paused" | "stopped"): void => {
    for (const runId of sweep(sweepId).runIds) {
      const run = find(runId);
      if (run.endReason === null && state === "stopped") finish(run, "stopped");
      else if (run.endReason === null) put({ ...run, state: "paused", endReason: "paused", isResumable: true });
    }
    tell({ kind: "queue", queue: queueView() });
  };
  const queueView = (): QueueView => ({ held: held(), jobs: waiting() });
  const moveInQueue: EngineParts["queue"]["move"] = (runId, to) => {
    order = movedIn(waiting(), runId, to).map(([first = 0]) => first);
    tell({ kind: "queue", queue: queueView() });
  };
  const setHeld = (isNowHeld: boolean): void => {
    isHeld = isNowHeld;
    tell({ kind: "queue", queue: queueView() });
  };

  let threadsChoice: ThreadsChoice = "all";
  const threads = (): ThreadsView => {
    const wanted = { all: fakeCores, "all-but-one": fakeCores - 1 };
    const count = typeof threadsChoice === "number" ? threadsChoice : wanted[threadsChoice];
    return { choice: threadsChoice, fixed: null, threads: count, cores: fakeCores };
  };

  const progress = (): JobProgress | null => {
    const [first] = scene === "elsewhere" ? [] : going();
    if (!first) return null;
    const { epochs } = first.configuration.training;
    const steps = (first.stepsPerEpoch ?? 70) * epochs;
    const isCompiling = scene === "compiling";
    return {
      runIds: going().map((run) => run.id),
      phase: isCompiling ? "compiling" : "training",
      prepared: null,
      epoch: isCompiling ? 0 : Math.floor(first.stepsDone / (first.stepsPerEpoch ?? 70)) + 1,
      epochs,
      step: first.stepsDone,
      steps,
      imagesPerSecond: isCompiling ? null : 91,
      secondsLeft: isCompiling ? null : (steps - first.stepsDone) * 0.7,
    };
  };

  function finish(run: RunView, state: "finished" | "stopped"): void {
    const [done] = fakePair(0, 1).filter((arm) => arm.arm === (run.arm ?? "A"));
    put({
      ...run,
      state,
      endReason: state === "finished" ? "completed" : "stopped-by-person",
      endedAt: new Date().toISOString(),
      validation: done?.validation ?? null,
      best: done?.best ?? null,
      test: done?.test ?? null,
    });
  }

  function advance(run: RunView): void {
    const stepsPerEpoch = run.stepsPerEpoch ?? 70;
    const last = stepsPerEpoch * run.configuration.training.epochs;
    const until = Math.min(last, run.stepsDone + stepsPerTick);
    const points = [];
    for (let step = run.stepsDone + 1; step <= until; step++) points.push(...fakePointsAt(run, step));
    const next = { ...run, stepsDone: until, epochsDone: Math.floor(until / stepsPerEpoch) };
    runs.set(run.id, next);
    if (points.length > 0) tell({ kind: "points", runId: run.id, points });
    if (next.epochsDone !== run.epochsDone) tell({ kind: "run", run: next });
    if (until === last) finish(next, "finished");
  }

  function tick(): void {
    if (scene === "elsewhere" || scene === "compiling") return;
    const active = going();
    for (const run of active) advance(run);
    if (active.length === 0) {
      const [next = []] = held() === null ? waiting() : [];
      for (const runId of next) put({ ...find(runId), state: "running", startedAt: new Date().toISOString() });
      if (next.length === 0) return;
      tell({ kind: "queue", queue: queueView() });
    }
    tell({ kind: "progress", progress: progress() });
  }
  const clock = setInterval(tick, tickMillis);

  function start(request: TrainRequest): StartedTraining {
    const firstId = Math.max(0, ...runs.keys(), ...removed.keys()) + 1;
    const architecture = fakeArchitecture(request.configuration.model);
    const asked = {
      ...fresh(),
      title: `${architecture.title} on cifar10-mini`,
      model: { id: architecture.id, title: architecture.title },
      configuration: request.configuration,
    };
    const { pair } = request;
    if (pair === null) {
      put(fakeRun({ id: firstId, ...asked }));
      return { experimentId: null, runIds: [firstId] };
    }
    for (const [place, value] of pair.values.entries()) {
      const training = { ...request.configuration.training, [pair.setting]: value };
      const arm = place === 0 ? "A" : "B";
      const configuration = { ...request.configuration, training };
      put(fakeRun({ id: firstId + place, experimentId: firstId, arm, ...asked, pair, configuration }));
    }
    return { experimentId: firstId, runIds: [firstId, firstId + 1] };
  }

  function compare(runIds: readonly number[]): ComparisonView {
    const chosen = runIds.map(find);
    const smoothing = chosen.map((run) => run.configuration.training.smoothing);
    const differs = new Set(smoothing).size > 1;
    const isTested = chosen.every((run) => run.test !== null);
    return {
      runs: chosen,
      differences: differs ? [{ setting: "training.smoothing", values: smoothing }] : [],
      split: isTested ? "test" : null,
      results: chosen.map((run) => run.test),
      confusions: chosen.map(fakeConfusion),
      mistakes: isTested ? fakeMistakes(chosen) : [],
      top1Difference: isTested ? { value: 0.008, low: -0.019, high: 0.035 } : null,
    };
  }

  async function* events(signal: AbortSignal): AsyncGenerator<EngineEvent> {
    const waiting: EngineEvent[] = [
      { kind: "snapshot", active: progress(), queue: queueView(), threads: threads(), runs: list() },
    ];
    let wake = (): void => {};
    const listener = (event: EngineEvent): void => {
      waiting.push(event);
      wake();
    };
    listeners.add(listener);
    signal.addEventListener("abort", () => wake());
    try {
      while (!signal.aborted) {
        const event = waiting.shift();
        if (event) yield event;
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    } finally {
      listeners.delete(listener);
    }
  }

  const answers = {
    status: () => fakeStatus(scene),
    dismissNotice: () => {},
    chooseThreads: (choice: ThreadsChoice) => {
      threadsChoice = choice;
      tell({ kind: "threads", threads: threads() });
    },
    inspectDataset: (source: DatasetSource, signal?: AbortSignal) => inspectFake(source, tell, signal),
    recentDatasets: () => datasets,
    browseFolders: async (path: string | null, files?: BrowsedFiles) => listFakeFolder(path, files),
    lookAtWeights: async ({ from, model, classes }: Parameters<EngineParts["weights"]["inspect"]>[0]) => {
      const { rows } = fakeArchitecture(model);
      const last = rows.at(-1)?.name ?? "";
      if (from.kind === "file" && from.path.includes("damaged"))
        throw new StrataError("weights.damaged", { problem: "its header is not JSON", path: from.path });
      return {
        initialWeights: {
          path: from.kind === "file" ? from.path : `/home/ada/strata/weights/${from.runId}.safetensors`,
          sha256: "5f0c9d1e".repeat(8),
          frozenThrough: null,
          preprocessing: centredPixels,
        },
        of: { architecture: model.id, inputPixels: model.inputPixels, width: model.width, classes: 1_000 },
        weights: 378,
        matched: classes === 1_000 ? 378 : 376,
        freshRows: classes === 1_000 ? [] : [last],
        surplus: 0,
        isTooLittle: model.width < 0.1,
        freezableRows: rows.slice(0, -1).map(({ name }) => name),
      };
    },
    estimate: async (request: TrainRequest) => {
      if (scene === "failed") throw new StrataError("native.missing", { isInstalled: false });
      const secondsPerEpoch = ((request.pair === null ? 45 : 88) * fakeCores) / threads().threads;
      const seconds = secondsPerEpoch * request.configuration.training.epochs;
      return { secondsPerEpoch, seconds, decodingSeconds: 0, basis: "measured", memory: fakeMemory(request) };
    },
    estimateMemory: async (request: TrainRequest) => fakeMemory(request),
    startTraining: async (request: TrainRequest) => start(request),
    stopTraining: (runId: number) => {
      const stopped = find(runId);
      const job = stopped.state === "running" ? going() : [stopped];
      for (const run of job) finish(run, "stopped");
      tell({ kind: "queue", queue: queueView() });
      tell({ kind: "progress", progress: progress() });
    },
    pauseTraining: (runId: number) => {
      const paused = find(runId);
      const job = paused.state === "running" ? going() : [paused];
      for (const run of job)
        put({ ...run, state: "paused", endReason: "paused", isResumable: true, endedAt: new Date().toISOString() });
      tell({ kind: "progress", progress: progress() });
    },
    resumeTraining: async (runId: number) => {
      const { experimentId } = find(runId);
      const job = list().filter(
        (run) => run.id === runId || (experimentId !== null && run.experimentId === experimentId),
      );
      for (const run of job)
        put({ ...run, state: "running", endReason: null, awaitsAnswer: false, isResumable: false, endedAt: null });
      if (scene === "interrupted") setHeld(false);
      tell({ kind: "progress", progress: progress() });
      return { experimentId, runIds: job.map(({ id }) => id).sort((a, b) => a - b) };
    },
    estimateSweep: async (request: SweepRequest) => {
      const runs = runsOfSweep(request).length;
      return { runs, seconds: runs * 45 * request.configuration.training.epochs };
    },
    startSweep: async (request: SweepRequest) => {
      const sweepId = sweeps.size + 1;
      sweeps.set(sweepId, { id: sweepId, createdAt: new Date().toISOString(), request });
      const firstId = Math.max(0, ...runs.keys(), ...removed.keys()) + 1;
      for (const run of fakeSweptRuns(sweepId, firstId, request, fresh())) put(run);
      tell({ kind: "queue", queue: queueView() });
      return { sweepId, runIds: sweep(sweepId).runIds };
    },
    continueSweep: (sweepId: number) => {
      for (const runId of sweep(sweepId).runIds)
        if (find(runId).isResumable) put({ ...find(runId), state: "queued", endReason: null, isResumable: false });
      tell({ kind: "queue", queue: queueView() });
      return { sweepId, runIds: sweep(sweepId).runIds };
    },
    stopSweep: (sweepId: number) => endSweep(sweepId, "stopped"),
    pauseSweep: (sweepId: number) => endSweep(sweepId, "paused"),
    sweeps: () => [...sweeps.keys()].toReversed().map(sweep),
    holdQueue: () => setHeld(true),
    letQueueGoOn: () => setHeld(false),
    leaveInterrupted: () => {
      for (const run of list()) if (run.awaitsAnswer) put({ ...run, awaitsAnswer: false });
      setHeld(false);
    },
    renameRun: (runId: number, title: string) => put({ ...find(runId), title }),
    annotateRun: (runId: number, note: string) => put({ ...find(runId), note }),
    markRuns: (runIds: readonly number[], { addTags = [], dropTags = [], ...marks }: RunMarks) =>
      runIds.map((runId) => {
        const run = find(runId);
        const tags = [...new Set([...run.tags, ...addTags])].filter((tag) => !dropTags.includes(tag)).sort();
        return put({ ...run, ...marks, tags });
      }),
    freeSpace: async (runIds: readonly number[]) =>
      runIds.map((runId) => put({ ...find(runId), weights: null, diskBytes: 0 })),
    removeRuns: (runIds: readonly number[]) => {
      for (const runId of runIds) {
        if (["running", "queued"].includes(find(runId).state)) throw new StrataError("run.active", { runId });
      }
      for (const runId of runIds) {
        removed.set(runId, find(runId));
        runs.delete(runId);
      }
      tell({ kind: "runs-removed", runIds });
    },
    restoreRuns: (runIds: readonly number[]) =>
      runIds.flatMap((runId) => {
        const run = removed.get(runId);
        removed.delete(runId);
        return run ? [put(run)] : [];
      }),
    series: ({ runIds, metrics }: SeriesQuestion) => runIds.flatMap((runId) => fakeSeries(find(runId), metrics)),
    confusion: (runId: number) => fakeConfusion(find(runId)),
    checkWeights: async (runId: number) =>
      find(runId).endReason === "not-finite"
        ? new StrataError("export.not-finite", { values: 1_700_000, weights: "conv1/kernel (34848)" }).toJSON()
        : null,
  };
  const parts = {
    machine: { current: answers.status },
    notices: { open: () => fakeStatus(scene).notices, dismiss: answers.dismissNotice },
    threads: { choose: answers.chooseThreads },
    datasets: { inspect: answers.inspectDataset, recent: answers.recentDatasets },
    folders: { browse: answers.browseFolders },
    weights: { inspect: answers.lookAtWeights, check: answers.checkWeights },
    estimator: { estimate: answers.estimate, memory: answers.estimateMemory },
    scheduling: {
      start: answers.startTraining,
      stop: answers.stopTraining,
      pause: answers.pauseTraining,
      resume: answers.resumeTraining,
    },
    queue: {
      view: queueView,
      hold: answers.holdQueue,
      goOn: answers.letQueueGoOn,
      move: moveInQueue,
      leave: answers.leaveInterrupted,
    },
    sweeps: {
      estimate: answers.estimateSweep,
      start: answers.startSweep,
      goOn: answers.continueSweep,
      stop: answers.stopSweep,
      pause: answers.pauseSweep,
      list: answers.sweeps,
      view: sweep,
    },
    runs: {
      list,
      get: find,
      rename: answers.renameRun,
      annotate: answers.annotateRun,
      mark: answers.markRuns,
      freeSpace: answers.freeSpace,
      remove: answers.removeRuns,
      restore: answers.restoreRuns,
      series: answers.series,
      seriesInTurns: async (question: SeriesQuestion) => answers.series(question),
      confusion: answers.confusion,
    },
    comparison: { compare },
    feed: { subscribe: events },
  };
  // What no endpoint calls is left out.
  return { engine: parts as unknown as EngineParts, close: () => clearInterval(clock) };
}
