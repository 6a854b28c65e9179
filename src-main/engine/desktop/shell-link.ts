/** The engine as seen by the shell that started its process: what trains and what ended, told as it happens, and the few things it may be told. */
import type { EndedJob, EngineToShell, ShellToEngine, TrainingGlance } from "../../contract/engine-process.ts";
import type { EngineEvent, JobProgress } from "../../contract/events.ts";
import type { RunView } from "../../contract/run.ts";
import { blockKey, isOfSameBlock } from "../../domain/experiments/blocks.ts";
import type { EngineParts } from "../engine-parts.ts";
import { selfTest } from "./self-test.ts";

/** Follows the engine until it closes. */
export async function tellShell(engine: EngineParts, tell: (message: EngineToShell) => void): Promise<void> {
  const seen: Seen = { runs: new Map(), active: [] };
  let told = "";
  for await (const event of engine.feed.subscribe(new AbortController().signal)) {
    const ended = endedBy(seen, event);
    take(engine, seen, event);
    for (const job of ended) tell({ kind: "ended", job });
    const training = glanceOf(seen);
    const text = JSON.stringify(training);
    if (text !== told) tell({ kind: "training", training });
    told = text;
  }
}

export async function obeyShell(
  engine: EngineParts,
  message: ShellToEngine,
  tell: (message: EngineToShell) => void,
): Promise<void> {
  switch (message.kind) {
    case "stop-training":
      return engine.scheduling.interrupt(unfinishedIds(engine), "stop");
    case "pause-training":
      return engine.scheduling.interrupt(unfinishedIds(engine), "pause");
    case "self-test":
      return tell({ kind: "self-tested", outcome: await selfTest(engine) });
  }
}

interface Seen {
  runs: Map<number, RunView>;
  active: readonly JobProgress[];
}

function take(engine: EngineParts, seen: Seen, event: EngineEvent): void {
  if (event.kind === "snapshot") {
    // The snapshot itself names what windows need at once.
    seen.runs = new Map(engine.runs.list().map((run) => [run.id, run]));
    seen.active = event.active;
  } else if (event.kind === "run") seen.runs.set(event.run.id, event.run);
  else if (event.kind === "progress") seen.active = event.active;
}

/** The job whose last run's end the event tells; one that had ended before is no news. */
function endedBy({ runs }: Seen, event: EngineEvent): readonly EndedJob[] {
  if (event.kind !== "run" || event.run.endReason === null) return [];
  const before = runs.get(event.run.id);
  if (before === undefined || before.endReason !== null) return [];
  const job = [...runs.values()]
    .filter((run) => isOfSameBlock(run, event.run))
    .map((run) => (run.id === event.run.id ? event.run : run));
  if (job.some(({ endReason }) => endReason === null)) return [];
  const error = job.find((run) => run.error !== null)?.error ?? null;
  const top1 = job.map(({ validation }) => validation?.top1 ?? null);
  return [{ title: titleOf(job), state: event.run.state, top1, error }];
}

function glanceOf({ runs, active }: Seen): TrainingGlance | null {
  const unfinishedRuns = unfinished([...runs.values()]);
  const going = active.flatMap(({ runIds }) => runIds);
  // A process still tidies up when its runs are over; with nothing behind them that is no training any more.
  const isGoing = unfinishedRuns.some(({ id }) => going.includes(id));
  const waiting = new Set(unfinishedRuns.filter(({ id }) => !going.includes(id)).map(blockKey)).size;
  if (active.length === 0 || (!isGoing && waiting === 0)) return null;
  const titles = new Set(active.map(({ runIds }) => titleOf(runIds.flatMap((id) => runs.get(id) ?? []))));
  const [title = ""] = titles.size > 1 ? [`${active.length} runs`] : titles;
  const fraction = fractionOf([...runs.values()], active);
  return { title, fraction: fraction === null ? null : Number(fraction.toFixed(3)), waiting };
}

/** Of all runs of the experiments that are going, so that it only grows while some of them end and others begin; null before the first step. */
function fractionOf(runs: readonly RunView[], active: readonly JobProgress[]): number | null {
  if (active.every(({ steps }) => !steps)) return null;
  const shares = new Map(
    active.flatMap(({ runIds, step, steps }) => runIds.map((id) => [id, steps ? Math.min(1, step / steps) : 0])),
  );
  const groupOf = ({ id, experiment }: RunView) => (experiment === null ? `run ${id}` : experiment.id);
  const going = new Set(runs.filter(({ id }) => shares.has(id)).map(groupOf));
  const all = runs.filter((run) => going.has(groupOf(run)));
  const done = all.reduce((sum, { id, endReason }) => sum + (endReason === null ? (shares.get(id) ?? 0) : 1), 0);
  return all.length === 0 ? null : done / all.length;
}

function unfinishedIds(engine: EngineParts): readonly number[] {
  return unfinished(engine.runs.list()).map(({ id }) => id);
}

function unfinished(runs: readonly RunView[]): RunView[] {
  return runs.filter(({ state }) => state === "queued" || state === "running");
}

/** `AlexNet on flowers`, whatever differs between its arms. */
function titleOf(job: readonly RunView[]): string {
  const [first] = job;
  return first ? `${first.model.title} on ${first.dataset.name}` : "Training";
}
