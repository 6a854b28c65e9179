/** Words of the page of the first start. */
import type { FirstStart, KeptThing } from "../../../src-main/contract/first-start.ts";
import type { EngineStatus } from "../../../src-main/contract/machine.ts";
import type { RunView } from "../../../src-main/contract/run.ts";
import { finalResult, finalSplit } from "../../../src-main/domain/runs/run-values.ts";
import { bytes, counted, duration, percent } from "../../lib/format.ts";

export const welcomeTexts = {
  over: "This machine and you",
  title: "Welcome to Strata",
  lead: "Train a network on pictures, change one thing, and see what it does. Everything happens on this machine.",
  begin: "Choose pictures",
  lessons: "Look at the lessons",
  foundTitle: "What was found",
  asking: "Asking TensorFlow",
  proofTitle: "A first training",
  proof:
    "Strata draws 1,500 small pictures of ten kinds and trains a small AlexNet on them for ten epochs: under a minute on most machines. It is a real run, recorded like any other, with the tag proof.",
  start: "Train it now",
  again: "Train it again",
  stop: "Stop",
  stopping: "Stopping",
  waiting: "It waits for what trains before it.",
  open: "Open the run",
  notFinished: "It ended before its last epoch. What it recorded is kept.",
  placesTitle: "Where things are kept",
  placesAside: "all on this machine",
  placesText: "Your own pictures stay where they are. Set STRATA_HOME before the start to keep all of this elsewhere.",
  placesDesktop: "Help, Show the folder of records opens it.",
  loading: "Looking at this machine",
} as const;

/** What each thing is, beside its path. */
export const keptTexts: Readonly<Record<KeptThing, string>> = {
  record: "Record of runs",
  copies: "Its copies, one before each upgrade",
  weights: "Weights",
  states: "States to go on from",
  pictures: "Decoded pictures; can be deleted",
  log: "Log",
};

export interface FoundRow {
  readonly name: string;
  readonly value: string;
}

/** What this machine has, in the order in which it matters to training. */
export function foundRows(view: FirstStart, status: EngineStatus | null): readonly FoundRow[] {
  const isKnown = status !== null && status.state !== "starting";
  const cores = status === null ? null : counted(status.cores, "core");
  const free = `${bytes(view.freeMemoryBytes)} free now`;
  return [
    { name: "Graphics card", value: isKnown ? graphicsText(status) : welcomeTexts.asking },
    { name: "Processor", value: [view.processor, cores].filter((part) => part !== null).join(", ") },
    { name: "Memory", value: status === null ? free : `${bytes(status.memoryBytes)}, ${free}` },
    { name: "Disk", value: view.freeDiskBytes === null ? "Not known" : `${bytes(view.freeDiskBytes)} free` },
    { name: "TensorFlow", value: isKnown ? tensorflowText(status) : welcomeTexts.asking },
  ];
}

function graphicsText({ state, device }: EngineStatus): string {
  if (state === "failed") return "Not known";
  return device !== null && /gpu/i.test(device)
    ? `${device}: networks train on it`
    : "None that TensorFlow can use: networks train on the processor";
}

function tensorflowText({ state, tensorflow }: EngineStatus): string {
  if (state === "failed") return "Does not start";
  return `${tensorflow?.replace("TensorFlow ", "") ?? "Version not known"}, works here`;
}

/** What the proof came to; null for a run that did not end, or not well. */
export function proofOutcome(run: RunView): string | null {
  const result = finalResult(run);
  if (run.state !== "finished" || result === null || run.seconds === null) return null;
  const right = percent(result.top1 ?? null, 0);
  const chance = percent(1 / run.dataset.classes.length, 0);
  const looked = counted(result.pictures, `${finalSplit(run)} picture`);
  return `This machine trains. After ${duration(run.seconds)} the network predicted ${right} of ${looked} correctly, which it had not trained on; guessing gives ${chance}.`;
}
