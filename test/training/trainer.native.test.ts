import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { TrainingEvent } from "../../src-main/contract/events.ts";
import type { TrainerCommand, TrainerMessage } from "../../src-main/training/job.ts";
import { eventsOf, stepsPerEpoch, stepValues, tinyJob } from "./tiny-job.ts";

const entry = fileURLToPath(new URL("../../src-main/entrypoints/trainer.ts", import.meta.url));

interface Trainer {
  readonly child: ChildProcess;
  readonly messages: TrainerMessage[];
  readonly exitCode: Promise<number | null>;
  send(command: TrainerCommand): void;
}

/** @param answer what is sent back to each message */
function startTrainer(
  answer: (message: TrainerMessage, trainer: Trainer) => void,
  environment: NodeJS.ProcessEnv = process.env,
): Trainer {
  const child = fork(entry, [], { serialization: "advanced", execArgv: [], env: environment, silent: true });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const trainer: Trainer = {
    child,
    messages: [],
    exitCode: new Promise((resolve) => {
      // Comes after the last message was read, as `exit` need not.
      child.once("close", resolve);
    }),
    send: (command) => {
      // Events that were on their way are still heard after the channel was closed.
      if (child.connected) child.send(command);
    },
  };
  child.on("message", (message) => {
    // The other end is the trainer of this very tree.
    trainer.messages.push(message as TrainerMessage);
    answer(message as TrainerMessage, trainer);
  });
  return trainer;
}

const acknowledge = (message: TrainerMessage, trainer: Trainer) => {
  if (message.kind === "event") trainer.send({ kind: "received" });
};
const trainingEvents = ({ messages }: Trainer): TrainingEvent[] =>
  messages.flatMap((message) => (message.kind === "event" ? [message.event] : []));

test("asked for a report, the process says what TensorFlow it has and ends", async () => {
  const trainer = startTrainer(acknowledge);
  trainer.send({ kind: "report" });
  expect(await trainer.exitCode).toBe(0);
  expect(trainer.messages).toEqual([
    {
      kind: "report",
      report: {
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        devices: [expect.stringMatching(/^CPU|^GPU/)],
        bindingPath: expect.stringContaining("tfjs_binding.node"),
      },
    },
  ]);
});

test("without the native runtime the answer is its coded error", async () => {
  const trainer = startTrainer(acknowledge, { ...process.env, STRATA_NATIVE: "" });
  trainer.send({ kind: "report" });
  expect(await trainer.exitCode).toBe(0);
  expect(trainer.messages).toMatchObject([{ kind: "failed", error: { code: "native.missing" } }]);
});

test("with a native runtime that does not load the answer says so", async () => {
  const trainer = startTrainer(acknowledge, { ...process.env, STRATA_NATIVE: "/nowhere" });
  trainer.send({ kind: "report" });
  expect(await trainer.exitCode).toBe(0);
  expect(trainer.messages).toMatchObject([{ kind: "failed", error: { code: "native.broken" } }]);
});

test("steps on noise say how long a step takes and how much memory it wants", async () => {
  const trainer = startTrainer(acknowledge);
  const { arms } = await tinyJob([{ smoothing: 0 }, { smoothing: 0.1 }]);
  trainer.send({ kind: "measure", arms, classes: 7, steps: 3, enoughSeconds: 60 });
  expect(await trainer.exitCode).toBe(0);
  const [measured] = trainer.messages;
  if (measured?.kind !== "measured") throw new Error(`Answered ${JSON.stringify(measured)}`);
  const { secondsPerStep, secondsPerEvaluation, firstStepSeconds, peakMemoryBytes, refusal } = measured.costs;
  for (const seconds of [secondsPerStep, secondsPerEvaluation]) {
    expect(seconds).toEqual([expect.any(Number), expect.any(Number)]);
    expect(Math.min(...seconds)).toBeGreaterThan(0);
  }
  expect(firstStepSeconds).toBeGreaterThan(0);
  expect(peakMemoryBytes).toBeGreaterThan(2 ** 26);
  expect(refusal).toBeNull();
});

test("on a processor, settings of GPUs change no bit of a run, and nothing of it is refused as not deterministic", async () => {
  const objectives = async (settings: Parameters<typeof tinyJob>[0][number]) => {
    const trainer = startTrainer(acknowledge);
    trainer.send({
      kind: "train",
      job: await tinyJob([{ dropout: 0.5, clipNorm: 1, averageDecay: 0.9, ...settings }]),
    });
    expect(await trainer.exitCode).toBe(0);
    expect(eventsOf(trainingEvents(trainer), "started")).toMatchObject([{ madeBy: { isCompiled: true } }]);
    return stepValues(trainingEvents(trainer), 0, "objective");
  };
  const usual = await objectives({});
  expect(usual).toHaveLength(2 * stepsPerEpoch);
  expect(await objectives({ deterministicOps: true, tf32: false, gpuMemoryGrowth: false })).toEqual(usual);
});

test("the peak is what products of matrices reach, and no step is faster", async () => {
  const trainer = startTrainer(acknowledge);
  trainer.send({ kind: "matmul-peak", precision: "float32", side: 256 });
  expect(await trainer.exitCode).toBe(0);
  const [answer] = trainer.messages;
  if (answer?.kind !== "matmul-peak") throw new Error(`Answered ${JSON.stringify(answer)}`);
  // From one slow core to a large server: what is no number of operations at all lies outside.
  expect(answer.flopsPerSecond).toBeGreaterThan(1e9);
  expect(answer.flopsPerSecond).toBeLessThan(1e15);
});

test("a run's weights are exported, and what is in the way comes back as its coded error", async () => {
  const job = await tinyJob([{ epochs: 1 }]);
  const training = startTrainer(acknowledge);
  training.send({ kind: "train", job });
  expect(await training.exitCode).toBe(0);
  const [weights] = eventsOf(trainingEvents(training), "weights");
  const path = join(job.paths.weights, weights!.kept!.file);
  const request = { path, format: "tfjs", folder: join(job.paths.home, "exported") } as const;
  const answers = [];
  for (const _ of [1, 2]) {
    const trainer = startTrainer(acknowledge);
    trainer.send({ kind: "export", request });
    expect(await trainer.exitCode).toBe(0);
    answers.push(...trainer.messages);
  }
  expect(answers).toMatchObject([
    { kind: "exported", exported: { format: "tfjs", folder: request.folder } },
    { kind: "failed", error: { code: "export.exists" } },
  ]);
  expect(readdirSync(request.folder)).toEqual(["group1-shard1of1.bin", "model.json", "strata.json"]);
});

test("a job is trained to its end, its last event acknowledged before the process goes", async () => {
  const trainer = startTrainer(acknowledge);
  trainer.send({ kind: "train", job: await tinyJob([{ smoothing: 0 }, { smoothing: 0.1 }]) });
  expect(await trainer.exitCode).toBe(0);
  expect(trainingEvents(trainer).slice(-6)).toMatchObject([
    { kind: "weights", arm: 0, error: null },
    { kind: "weights", arm: 1, error: null },
    { kind: "memory", epoch: 2, leakedTensors: 0 },
    { kind: "spent", spent: { steps: 2 * stepsPerEpoch - 1, arms: 2 } },
    { kind: "ended", arm: 0, reason: "completed" },
    { kind: "ended", arm: 1, reason: "completed" },
  ]);
  expect(stepValues(trainingEvents(trainer), 1, "objective")).toHaveLength(2 * stepsPerEpoch);
});

test("no more than four events are sent before one is acknowledged", async () => {
  let waiting = 0;
  let most = 0;
  const trainer = startTrainer((message, { send }) => {
    if (message.kind !== "event") return;
    most = Math.max(most, ++waiting);
    if (waiting < 4) return;
    waiting = 0;
    for (let event = 0; event < 4; event++) send({ kind: "received" });
  });
  trainer.send({ kind: "train", job: await tinyJob([{ epochs: 2 }]) });
  // The number of events need not be a multiple of four: the last ones are acknowledged at the end of an epoch, where it waits for all, and of the job.
  trainer.child.on("message", (message) => {
    const told = message as TrainerMessage;
    if (told.kind === "event" && (told.event.kind === "ended" || told.event.kind === "epoch-ended"))
      for (; waiting > 0; waiting--) trainer.send({ kind: "received" });
  });
  expect(await trainer.exitCode).toBe(0);
  expect(most).toBe(4);
  expect(trainingEvents(trainer).at(-1)).toMatchObject({ kind: "ended", reason: "completed" });
});

test("an interruption reaches a job between its batches", async () => {
  const trainer = startTrainer((message, self) => {
    acknowledge(message, self);
    if (message.kind === "event" && message.event.kind === "epoch-ended")
      self.send({ kind: "interrupt", reason: "engine-closed" });
  });
  trainer.send({ kind: "train", job: await tinyJob([{ epochs: 10_000 }]) });
  expect(await trainer.exitCode).toBe(0);
  expect(trainingEvents(trainer).at(-1)).toEqual({ kind: "ended", arm: 0, reason: "engine-closed", error: null });
  expect(eventsOf(trainingEvents(trainer), "epoch-ended").length).toBeLessThan(5);
});

test("the process goes when the engine is gone", async () => {
  const trainer = startTrainer((message, self) => {
    acknowledge(message, self);
    if (message.kind === "event" && message.event.kind === "epoch-ended" && self.child.connected)
      self.child.disconnect();
  });
  const exited = once(trainer.child, "exit");
  trainer.send({ kind: "train", job: await tinyJob([{ epochs: 10_000 }]) });
  expect((await exited)[0]).toBe(1);
});
