/** Training processes that really run out of memory: by an allocation that fails, and by the kernel's hand. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it, onTestFinished } from "vitest";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { requestFor, startEngine, type TestEngine, whenOver } from "../support/with-engine.ts";

const limitedTrainer = fileURLToPath(new URL("../support/limited-trainer.ts", import.meta.url));

let started: TestEngine | null = null;
afterEach(async () => {
  await started?.close();
  started = null;
});

/** Its first layer alone puts out 3.2 MB a picture. */
function largeRequest(batchSize: number): ExperimentRequest {
  const { configuration, ...rest } = requestFor(1, { training: { epochs: 1, batchSize } });
  // Of which a batch's worth is trained on.
  const pictures = 10 * Math.ceil(batchSize / 8);
  const dataset = { kind: "drawn", pictures, pixels: 16, difficulty: 0, seed: 1 } as const;
  return {
    configuration: { ...configuration, dataset, model: { id: "vgg11", inputPixels: 224, width: 0.25 } },
    ...rest,
  };
}
function smallRequest(): ExperimentRequest {
  const { configuration, ...rest } = requestFor(1, { training: { epochs: 1 } });
  return { configuration: { ...configuration, model: { id: "lenet5", inputPixels: 32, width: 1 } }, ...rest };
}

/** The large one under the limit, and the small one after it, on the same engine. */
async function trainLargeThenSmall(limit: NodeJS.ProcessEnv, batchSize = 128): Promise<RunView> {
  // Read anew at each start of a trainer.
  const environment = { ...limit };
  started = await startEngine({ trainerEntry: limitedTrainer, trainerEnvironment: environment });
  const { engine } = started;
  const large = (await engine.scheduling.start(largeRequest(batchSize))).runIds[0]!;
  await whenOver(engine, large);
  delete environment.STRATA_TEST_DATA_BYTES;
  const small = (await engine.scheduling.start(smallRequest())).runIds[0]!;
  expect(await whenOver(engine, small)).toMatchObject({ state: "finished", error: null });
  // Its process's peak is known once that is gone.
  return engine.runs.get(large);
}

// Where little is left an allocation of oneDNN's own fails, which ends the process; with more, one of TensorFlow's, which it reports. What memory there was is
// looked at once a second: how far the process had come by the last look decides whether there is room for a smaller batch where little is left.
it.skipIf(!hasPrlimit()).for([
  [0.5e9, 128, /^(Try a batch of \d+|Use smaller pictures or a narrower network, or close other programs)\.$/],
  [1.3e9, 256, /^Try a batch of \d+\.$/],
] as const)(
  "%f bytes to spare, a batch of %i: a failed allocation ends the run with a remedy, the next is trained (left out without prlimit)",
  async ([bytes, batchSize, remedy]) => {
    const run = await trainLargeThenSmall({ STRATA_TEST_DATA_BYTES: String(bytes) }, batchSize);
    expect(run).toMatchObject({ state: "failed", endReason: "error", error: { code: "training.out-of-memory" } });
    expect(run.error?.problem).toBe(`There was not enough memory for a batch of ${batchSize}.`);
    expect(run.error?.remedy).toMatch(remedy);
    expect(run.peakMemoryBytes).toBeGreaterThan(100e6);
  },
);

it("the kernel's kill for want of memory is told as such, and the engine trains the next", async ({ skip }) => {
  const group = limitedGroup(0.8e9);
  if (group === null) return skip("no control group can be made here to limit a process's memory");
  const run = await trainLargeThenSmall({ STRATA_TEST_GROUP: group });
  expect(run).toMatchObject({ state: "failed", endReason: "error", error: { code: "training.out-of-memory" } });
  expect(run.error?.problem).toMatch(/the system ended the training process, which held \d\.\d GB/);
  expect(run.error?.remedy).toMatch(/^Try a batch of \d+\.$/);
});

function hasPrlimit(): boolean {
  try {
    execFileSync("prlimit", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Folder of a control group that may hold so much memory; null where none can be made. */
function limitedGroup(bytes: number): string | null {
  const kinds = [
    { parent: "/sys/fs/cgroup/memory", limitFile: "memory.limit_in_bytes" },
    { parent: "/sys/fs/cgroup", limitFile: "memory.max" },
  ];
  for (const { parent, limitFile } of kinds) {
    const folder = join(parent, `strata-test-${process.pid}`);
    try {
      mkdirSync(folder);
      // The kernel takes a moment to let go of an ended process's group.
      onTestFinished(() => rmdirSync(folder));
      if (!existsSync(join(folder, limitFile))) continue;
      writeFileSync(join(folder, limitFile), String(bytes));
      return folder;
    } catch {}
  }
  return null;
}
