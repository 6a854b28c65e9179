/** Training processes that really run out of memory: by an allocation that fails, and by the kernel's hand. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it, onTestFinished } from "vitest";
import type { ExperimentRequest } from "../../src-main/contract/experiment.ts";
import type { RunView } from "../../src-main/contract/run.ts";
import { requestFor, startEngine, type TestEngine, whenAtStep, whenOver } from "../support/with-engine.ts";

const limitedTrainer = fileURLToPath(new URL("../support/limited-trainer.ts", import.meta.url));

let started: TestEngine | null = null;
afterEach(async () => {
  await started?.close();
  started = null;
});

/** Its first layer alone puts out 3.2 MB a picture. */
function largeRequest(batchSize: number): ExperimentRequest {
  const { configuration, ...rest } = requestFor(1, { training: { epochs: 1, batchSize } });
  const dataset = { kind: "drawn", pictures: 360, pixels: 16, difficulty: 0, seed: 1 } as const;
  return {
    configuration: { ...configuration, dataset, model: { id: "vgg11", inputPixels: 224, width: 0.25 } },
    ...rest,
  };
}
function smallRequest(epochs = 1): ExperimentRequest {
  const { configuration, ...rest } = requestFor(1, { training: { epochs } });
  return { configuration: { ...configuration, model: { id: "lenet5", inputPixels: 32, width: 1 } }, ...rest };
}

/** Under the same limit, on the same engine. */
async function trainLargeThenSmall(environment: NodeJS.ProcessEnv, batchSize = 128): Promise<RunView> {
  started = await startEngine({ trainerEntry: limitedTrainer, trainerEnvironment: environment });
  const { engine } = started;
  const large = (await engine.scheduling.start(largeRequest(batchSize))).runIds[0]!;
  await whenOver(engine, large);
  const small = (await engine.scheduling.start(smallRequest())).runIds[0]!;
  expect(await whenOver(engine, small)).toMatchObject({ state: "finished", error: null });
  // Its process's peak is known once that is gone.
  return engine.runs.get(large);
}

// Where little is left an allocation of oneDNN's own fails, which ends the process; with more, one of TensorFlow's, which it reports.
it.skipIf(!hasPrlimit()).for([
  [0.5e9, 128],
  [1.3e9, 256],
] as const)(
  "%f bytes to spare, a batch of %i: a failed allocation ends the run with a smaller batch, the next is trained (left out without prlimit)",
  async ([bytes, batchSize]) => {
    const run = await trainLargeThenSmall({ STRATA_TEST_DATA_BYTES: String(bytes) }, batchSize);
    expect(run).toMatchObject({ state: "failed", endReason: "error", error: { code: "training.out-of-memory" } });
    expect(run.error?.problem).toBe(`There was not enough memory for a batch of ${batchSize}.`);
    expect(run.error?.remedy).toMatch(/^Try a batch of \d+\.$/);
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

it("a kill by a person's hand is not taken for want of memory", async () => {
  started = await startEngine({ trainerEntry: limitedTrainer });
  const { engine } = started;
  const runId = (await engine.scheduling.start(smallRequest(10_000))).runIds[0]!;
  await whenAtStep(engine, runId, 5);
  process.kill(trainerPid(), "SIGKILL");
  const run = await whenOver(engine, runId);
  expect(run).toMatchObject({ endReason: "process-died", error: { code: "training.process-died" } });
  expect(run.error?.problem).toContain("killed from outside");
});

function hasPrlimit(): boolean {
  try {
    execFileSync("prlimit", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** The only process that this one has started for training. */
function trainerPid(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8").trim().split(" ");
  const found = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("limited-trainer"));
  if (found === undefined) throw new Error("No training process");
  return Number(found);
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
