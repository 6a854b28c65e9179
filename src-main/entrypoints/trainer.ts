/**
 * The training process: forked by the engine with a message channel, for one command of `training/job.ts`, and gone after it. TensorFlow is
 * loaded here and nowhere else, behind a dynamic import, so that a runtime that is missing or broken becomes a message and not a dead process.
 */
import type { CodedError } from "../contract/errors.ts";
import { leaveInterruptsToEngine } from "../platform/leave-interrupts.ts";
import { memoryOfProcess } from "../platform/memory.ts";
import { setGpuVariables } from "../training/gpu-variables.ts";
import type { Interrupter, TrainerCommand, TrainerMessage, TrainingSink } from "../training/job.ts";
import { codedErrorOf } from "../training/thrown.ts";

/** Events on their way to the engine that it has not recorded yet; more than one, so that training need not wait for each. */
const mostInFlight = 4;
const tellMemoryMillis = 1_000;

let reason: Interrupter["reason"] = null;
let inFlight = 0;
let resume: (() => void) | null = null;
const interrupter: Interrupter = {
  get reason() {
    return reason;
  },
};

const post = (message: TrainerMessage): Promise<void> =>
  new Promise((resolve) => {
    // Where the channel is closed the engine is gone, and `disconnect` ends this process.
    process.send?.(message, undefined, undefined, () => resolve());
  });

const received = (): Promise<void> =>
  new Promise((resolve) => {
    resume = resolve;
  });

const sink: TrainingSink = async (event) => {
  while (inFlight >= mostInFlight) await received();
  inFlight++;
  await post({ kind: "event", event });
  // A search may stop the job right here: nothing more is trained until the engine has decided.
  if (event.kind === "epoch-ended") while (inFlight > 0) await received();
};

type Work = Extract<
  TrainerCommand,
  { kind: "train" | "measure" | "time-rows" | "time-ways" | "matmul-peak" | "report" | "export" }
>;

/** Linux tells the engine what this process holds; other systems tell a process of itself alone. */
function tellMemory(): void {
  const memory = memoryOfProcess(process.pid);
  if (memory !== null) void post({ kind: "holds", memory });
}

async function perform(work: Work): Promise<void> {
  const arms = work.kind === "train" ? work.job.arms : work.kind === "measure" ? work.arms : [];
  if (arms[0]) setGpuVariables(arms[0].training);
  switch (work.kind) {
    case "train": {
      if (process.platform !== "linux") setInterval(tellMemory, tellMemoryMillis).unref();
      const { runTraining } = await import("../training/run-training.ts");
      await runTraining(work.job, sink, interrupter);
      while (inFlight > 0) await received();
      return;
    }
    case "measure": {
      const { measureSteps } = await import("../training/measuring/measure.ts");
      return post({ kind: "measured", costs: measureSteps(work) });
    }
    case "time-rows": {
      const { timeRows } = await import("../training/measuring/time-rows.ts");
      return post({ kind: "row-times", times: timeRows(work) });
    }
    case "time-ways": {
      const { timeWays } = await import("../training/measuring/time-ways.ts");
      return post({ kind: "way-times", times: timeWays(work) });
    }
    case "matmul-peak": {
      const { matmulPeak } = await import("../training/measuring/matmul-peak.ts");
      return post({ kind: "matmul-peak", flopsPerSecond: matmulPeak(work.precision, work.side) });
    }
    case "export": {
      const { exportWeights } = await import("../models/exports/export-weights.ts");
      return post({ kind: "exported", exported: exportWeights(work.request) });
    }
    case "report": {
      const { tensorFlowReport } = await import("../training/report.ts");
      return post({ kind: "report", report: await tensorFlowReport() });
    }
  }
}

function errorOf(thrown: unknown, work: Work): CodedError | null {
  const path = placeOf(work);
  if (work.kind === "train") {
    const { arms, dataset } = work.job;
    return codedErrorOf(thrown, { arms, classes: dataset.classNames.length, pictures: dataset.examples.length, path });
  }
  const { arms, classes } = work.kind === "measure" ? work : { arms: [], classes: 0 };
  return codedErrorOf(thrown, { arms, classes, pictures: 0, path });
}

/** Where this work writes. */
function placeOf(work: Work): string {
  if (work.kind === "train") return work.job.paths.home;
  return work.kind === "export" ? work.request.folder : process.cwd();
}

async function begin(work: Work): Promise<void> {
  try {
    await perform(work);
  } catch (thrown) {
    const error = errorOf(thrown, work);
    // A fault of ours: the stack goes to standard error, which the engine keeps the end of.
    if (!error) throw thrown;
    await post({ kind: "failed", error });
  }
  process.off("disconnect", exitAtOnce);
  process.disconnect();
  process.exit(0);
}

function exitAtOnce(): never {
  process.exit(1);
}

leaveInterruptsToEngine();
process.on("disconnect", exitAtOnce);
// The other end is our own engine of the same version, so the message's type is the one it sent.
process.on("message", (message) => {
  const command = message as TrainerCommand;
  switch (command.kind) {
    case "interrupt":
      reason = command.reason;
      break;
    case "received":
      inFlight--;
      resume?.();
      resume = null;
      break;
    default:
      void begin(command);
  }
});
if (!process.send) {
  process.stderr.write("This program is started by Strata's engine and does nothing on its own.\n");
  process.exit(2);
}
