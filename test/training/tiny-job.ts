/** The smallest job that is whole: 100 drawn pictures, a narrow AlexNet, five steps an epoch. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { RunConfiguration, TrainingSettings } from "../../src-main/contract/configuration.ts";
import { drawnSource } from "../../src-main/contract/dataset.ts";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import { usualResize } from "../../src-main/contract/resize.ts";
import { openDataset } from "../../src-main/datasets/open-dataset.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import type { Interrupter, TrainingJob, TrainingSink } from "../../src-main/training/job.ts";
import { presetsFor } from "../../src-main/training/presets.ts";

export const stepsPerEpoch = 5;

// One a test file, so that the pictures are drawn once.
const home = mkdtempSync(join(tmpdir(), "strata-training-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

export async function tinyJob(arms: readonly Partial<TrainingSettings>[], seed = 1): Promise<TrainingJob> {
  const source = drawnSource.parse({ kind: "drawn", pictures: 100 });
  const dataset = await openDataset(source);
  const preset = presetsFor("alexnet")[0]!;
  const configurationOf = (settings: Partial<TrainingSettings>): RunConfiguration => ({
    dataset: source,
    model: { ...preset.model, width: 0.05 },
    resize: usualResize,
    training: { ...preset.training, epochs: 2, batchSize: 16, ...settings },
    seed,
  });
  return {
    dataset,
    arms: arms.map(configurationOf),
    paths: pathsOf(home),
    checkpointFolder: `${seed}`,
    resumeFrom: null,
  };
}

export const neverInterrupted: Interrupter = { reason: null };

/** A sink that keeps what it is told. */
export function arraySink(): { readonly events: TrainingEvent[]; readonly sink: TrainingSink } {
  const events: TrainingEvent[] = [];
  return {
    events,
    sink: async (event) => {
      events.push(event);
    },
  };
}

export function eventsOf<K extends TrainingEvent["kind"]>(
  events: readonly TrainingEvent[],
  kind: K,
): Extract<TrainingEvent, { kind: K }>[] {
  return events.filter((event): event is Extract<TrainingEvent, { kind: K }> => event.kind === kind);
}

/** One value a step of one arm, in order. */
export function stepValues(events: readonly TrainingEvent[], arm: number, metric: "hardLoss" | "objective"): number[] {
  return eventsOf(events, "points")
    .filter((event) => event.arm === arm)
    .flatMap((event) => event.points)
    .filter((point) => point.metric === metric && point.cadence === "batch")
    .map((point) => point.value);
}
