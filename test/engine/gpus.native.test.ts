/** An engine on a machine with GPUs, as its driver's program tells of them; no GPU computes anything here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { armsOf } from "../../src-main/engine/estimation/estimate.ts";
import { gridOf } from "../support/experiment-of.ts";
import { type MachineWithGpus, machineWithGpus } from "../support/machine-with-gpus.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

let test: TestEngine;
let machine: MachineWithGpus;
afterEach(async () => {
  await test.close();
  machine.remove();
});

const begin = async (freeMebibytes: readonly number[], environment: NodeJS.ProcessEnv = {}) => {
  machine = machineWithGpus(freeMebibytes);
  test = await startEngine({ keepsQueue: true, trainerEnvironment: { ...machine.environment, ...environment } });
  return test.engine;
};
const { configuration } = requestFor(1);
const arms = armsOf([{ configuration }]);

describe.skipIf(process.platform === "win32")("the memory of a GPU", () => {
  it("is predicted beside what is free there now, of the GPU with most", async () => {
    const engine = await begin([4_000, 20_000]);
    const { gpu, doesFit } = await engine.estimator.memory(arms);
    expect(gpu).toMatchObject({ name: "NVIDIA GeForce RTX 3090", freeBytes: 20_000 * 2 ** 20 });
    expect(doesFit).toBe(true);
    machine.setFree([4_000, 3_000]);
    expect((await engine.estimator.memory(arms)).gpu).toMatchObject({ freeBytes: 4_000 * 2 ** 20 });
  });

  it("bounds the batch that is proposed where it is the one that does not suffice", async () => {
    const engine = await begin([800]);
    const { doesFit, batchThatFits, gpu } = await engine.estimator.memory(
      armsOf([
        {
          configuration: { ...configuration, training: { ...configuration.training, batchSize: 80 } },
        },
      ]),
    );
    expect([doesFit, gpu!.peakBytes > gpu!.freeBytes]).toEqual([false, true]);
    expect(batchThatFits).toBeGreaterThan(0);
    expect(batchThatFits).toBeLessThan(80);
  });

  it("is of those that the environment leaves visible, and of none without TensorFlow's build for GPUs", async () => {
    const engine = await begin([4_000, 20_000], { CUDA_VISIBLE_DEVICES: "GPU-0b84e6d0-77c3-4f19-a5de-c018f6b39a72" });
    expect((await engine.estimator.memory(arms)).gpu).toMatchObject({ freeBytes: 4_000 * 2 ** 20 });
    await test.close();
    test = await startEngine({ trainerEnvironment: { ...machine.environment, STRATA_NATIVE: "/nowhere" } });
    expect((await test.engine.estimator.memory(arms)).gpu).toBeNull();
  });
});

describe.skipIf(process.platform === "win32")("several GPUs", () => {
  const seenBy = (runId: number) => test.engine.runs.get(runId).madeBy.at(-1)?.gpu?.name;
  const states = () =>
    test.engine.runs
      .list()
      .map(({ state }) => state)
      .toReversed();

  it("train a job each, the one with most memory free first; one that ends lets its GPU go", async () => {
    const engine = await begin([4_000, 20_000], { STRATA_RUNS_AT_ONCE: "fastest" });
    const started = [];
    for (const _ of [1, 2, 3]) started.push(await engine.scheduling.start(requestFor(scripts.waitsAtStepThree)));
    const [first, second, third] = started.flatMap(({ runIds }) => runIds) as [number, number, number];
    await Promise.all([first, second].map((runId) => whenAtStep(engine, runId, 3)));
    expect(states()).toEqual(["running", "running", "queued"]);
    expect([first, second].map(seenBy)).toEqual([machine.uuids[1], machine.uuids[0]]);
    engine.scheduling.stop(first);
    await whenAtStep(engine, third, 3);
    expect(seenBy(third)).toBe(machine.uuids[1]);
    for (const runId of [second, third]) engine.scheduling.stop(runId);
    for (const runId of [second, third]) await whenOver(engine, runId);
  });

  it("share a sweep without measuring first, and what a job holds counts as free for what comes after it", async () => {
    const engine = await begin([20_000, 20_000], { STRATA_RUNS_AT_ONCE: "fastest" });
    const sweep = gridOf(
      requestFor(1).configuration,
      [{ setting: "smoothing", values: [0, 0.1, 0.2] }],
      [scripts.waitsAtStepThree],
    );
    const { runIds } = await engine.scheduling.start(sweep);
    const [first, second, third] = runIds as [number, number, number];
    await Promise.all([first, second].map((runId) => whenAtStep(engine, runId, 3)));
    expect(states()).toEqual(["running", "running", "queued"]);
    expect(new Set([first, second].map(seenBy))).toEqual(new Set(machine.uuids));
    machine.setFree([100, 50]);
    expect((await engine.estimator.memory(arms)).gpu).toMatchObject({ freeBytes: 20_000 * 2 ** 20 });
    for (const runId of runIds) engine.scheduling.stop(runId);
    for (const runId of [first, second, third]) await whenOver(engine, runId);
  });

  it("are seen one at a time by a process that measures, too", async () => {
    machine = machineWithGpus([4_000, 20_000]);
    const log = join(machine.environment.STRATA_NATIVE!, "script.log");
    test = await startEngine({ trainerEnvironment: { ...machine.environment, STRATA_SCRIPT_LOG: log } });
    await test.engine.estimator.estimate(arms);
    expect(readFileSync(log, "utf8")).toContain(`of ${machine.uuids[1]}`);
  });
});
