/**
 * The inference process: forked by the engine (`engine/inference/inference-process.ts`) with a message channel, answers tasks of `inference/tasks.ts` until nobody
 * asks for a while. TensorFlow is loaded behind a dynamic import, so that a runtime that is missing becomes a message and not a dead process.
 */
import { StrataError } from "../contract/errors.ts";
import type {
  InferenceAnswer,
  InferenceCommand,
  InferenceMessage,
  InferenceTask,
  InferenceTaskKind,
} from "../inference/tasks.ts";
import { leaveInterruptsToEngine } from "../platform/leave-interrupts.ts";

const going = new Map<number, AbortController>();

const post = (message: InferenceMessage): void => {
  // Where the channel is closed the engine is gone, and `disconnect` ends this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};

async function perform(task: InferenceTask, signal: AbortSignal): Promise<InferenceAnswer<InferenceTaskKind>> {
  switch (task.kind) {
    case "describe": {
      const { openWeights } = await import("../models/weights-file.ts");
      const file = openWeights(task.network.path);
      file.close();
      return file.description;
    }
    case "activations": {
      const { activationsFor } = await import("../inference/activations.ts");
      return activationsFor(task, signal);
    }
    case "peaks": {
      const { peaksFor } = await import("../inference/peaks.ts");
      return peaksFor(task, signal);
    }
    case "features": {
      const { featuresFor } = await import("../inference/features.ts");
      return featuresFor(task, signal);
    }
    case "similarity": {
      const { similarityFor } = await import("../inference/similarity.ts");
      return similarityFor(task, signal);
    }
    case "probes": {
      const { probesFor } = await import("../inference/probes.ts");
      return probesFor(task, signal);
    }
    case "attribution": {
      const { attributionFor } = await import("../inference/attribution.ts");
      return attributionFor(task, signal);
    }
    case "maximise": {
      const { maximisedFor } = await import("../inference/maximise.ts");
      return maximisedFor(task);
    }
    case "predict": {
      const { predict } = await import("../inference/predict.ts");
      return predict(task, signal);
    }
  }
}

async function answer(number: number, task: InferenceTask): Promise<void> {
  const left = new AbortController();
  going.set(number, left);
  try {
    post({ kind: "answer", number, answer: await perform(task, left.signal) });
  } catch (thrown) {
    if (left.signal.aborted) post({ kind: "left", number });
    else if (thrown instanceof StrataError) post({ kind: "failed", number, error: thrown.toJSON() });
    else
      post({
        kind: "threw",
        number,
        message: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
      });
  } finally {
    going.delete(number);
  }
}

leaveInterruptsToEngine();
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
// The other end is our own engine of the same version, so the message's type is the one it sent.
process.on("message", (message) => {
  const command = message as InferenceCommand;
  if (command.kind === "leave") going.get(command.number)?.abort();
  else void answer(command.number, command.task);
});
// TensorFlow takes most of a second to load, while a person looks for a picture; what is wrong with it, the first task that needs it says.
setImmediate(() => void import("../inference/predict.ts").catch(() => {}));
if (!process.send) {
  process.stderr.write("This program is started by Strata's engine and does nothing on its own.\n");
  process.exit(2);
}
