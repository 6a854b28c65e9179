/** Disks that are really full, or really read-only, under the real trainer: the run says so, nothing recorded is lost, and it goes on once there is room. */
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import { pathsOf } from "../../src-main/platform/paths.ts";
import { canMount, mountSmallDisk, type SmallDisk } from "../support/small-disk.ts";
import { eventWhere, requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

/** 100 drawn pictures, five steps an epoch. */
function requestOf(epochs: number): ExperimentRequest {
  const { configuration, ...rest } = requestFor(1, { training: { epochs, batchSize: 16 } });
  return { configuration: { ...configuration, model: { id: "lenet5", inputPixels: 32, width: 1 } }, ...rest };
}
/** Far more than there is time for while the disk fills. */
const request = requestOf(10_000);

describe.skipIf(!canMount)("a home on a disk that fills (left out without the right to mount one)", () => {
  let disk: SmallDisk;
  let test: TestEngine;
  beforeEach(async () => {
    disk = mountSmallDisk(64);
    test = await startEngine({ paths: pathsOf(disk.path), trainerEntry: undefined });
  });
  afterEach(async () => {
    await test.close();
    disk.unmount();
  });

  const hardLosses = (runId: number) =>
    test.engine.runs
      .series({ runIds: [runId], metrics: ["hardLoss"], maxPoints: 20_000 })
      .find(({ cadence }) => cadence === "batch")!;

  it("ends its run with the reason, keeps every point, and goes on from its checkpoint once there is room", async () => {
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(request)).runIds as [number];
    await whenAtStep(engine, runId, 15);
    const noLongerTrains = eventWhere(engine, (event) =>
      event.kind === "progress" && event.active.length === 0 ? true : undefined,
    );
    // Again and again: a checkpoint that finds no room is taken back, and in the room that it leaves the run trains on.
    const filling = setInterval(disk.fill, 100);
    const failed = await whenOver(engine, runId).finally(() => clearInterval(filling));
    // Told at once, though nothing can be recorded yet.
    await noLongerTrains;
    expect(failed).toMatchObject({ state: "failed", error: { code: "disk.full" } });
    const before = hardLosses(runId);
    expect(before.steps.length).toBeGreaterThanOrEqual(15);
    expect(failed.checkpoint!.step).toBeGreaterThanOrEqual(5);

    disk.empty();
    // Its end waited for the room to be recorded in.
    await eventWhere(engine, (event) => (event.kind === "run" && event.run.isResumable ? true : undefined));
    await engine.scheduling.resume(runId);
    await whenAtStep(engine, runId, before.steps.at(-1)! + 10);
    engine.scheduling.pause(runId);
    const paused = await whenOver(engine, runId);
    expect(paused).toMatchObject({
      state: "paused",
      error: null,
      resumed: { step: failed.checkpoint!.step, error: null },
    });
    const after = hardLosses(runId);
    // The steps that were made twice gave the same values again.
    expect(after.values.slice(0, before.values.length)).toEqual(before.values);
    expect(after.steps).toEqual(Array.from({ length: after.steps.length }, (_, index) => index + 1));
  });
});

describe.skipIf(!canMount)("checkpoints on a disk of their own (left out without the right to mount one)", () => {
  let disk: SmallDisk;
  let test: TestEngine;
  beforeEach(async () => {
    disk = mountSmallDisk(16);
    const home = await mkdtemp(join(tmpdir(), "strata-test-"));
    test = await startEngine({ paths: { ...pathsOf(home), checkpoints: disk.path }, trainerEntry: undefined });
  });
  afterEach(async () => {
    await test.close();
    disk.unmount();
    await rm(test.paths.home, { recursive: true });
  });

  it("that has no room for them cost the run nothing but the way back", async () => {
    disk.fill();
    const [runId] = (await test.engine.scheduling.start(requestOf(3))).runIds as [number];
    const run = await whenOver(test.engine, runId);
    expect(run).toMatchObject({
      state: "finished",
      epochsDone: 3,
      checkpoint: null,
      checkpointError: { code: "checkpoint.not-written", problem: expect.stringContaining("disk is full") },
    });
    expect(readdirSync(test.paths.weights)).toHaveLength(1);
  });

  it("that becomes read-only leave it the one before", async () => {
    const { engine } = test;
    const [runId] = (await engine.scheduling.start(request)).runIds as [number];
    const saved = await eventWhere(engine, (event) =>
      event.kind === "run" && event.run.checkpoint !== null ? event.run.checkpoint : undefined,
    );
    while (!tryReadOnly(disk)) await pause(5);
    await eventWhere(engine, (event) =>
      event.kind === "run" && event.run.checkpointError !== null ? true : undefined,
    );
    engine.scheduling.pause(runId);
    const paused = await whenOver(engine, runId);
    expect(paused.checkpointError).toMatchObject({ problem: expect.stringContaining("cannot be written") });
    expect(paused.checkpoint!.step).toBeGreaterThanOrEqual(saved.step);
    await engine.scheduling.resume(runId);
    await whenAtStep(engine, runId, paused.stepsDone + 5);
    expect(engine.runs.get(runId).resumed).toEqual({ step: paused.checkpoint!.step, error: null });
  });
});

/** Not while a file on it is being written. */
function tryReadOnly(disk: SmallDisk): boolean {
  try {
    disk.setReadOnly(true);
    return true;
  } catch {
    return false;
  }
}
