/** An engine on a machine with GPUs, as its driver's program tells of them; no GPU computes anything here. */
import { afterEach, describe, expect, it } from "vitest";
import { armsOf } from "../../src-main/engine/estimation/estimate.ts";
import { type MachineWithGpus, machineWithGpus } from "../support/machine-with-gpus.ts";
import { requestFor, startEngine, type TestEngine } from "../support/with-engine.ts";

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
