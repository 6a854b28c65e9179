/** One question to a training process of its own, and its answer. */
import { StrataError } from "../../contract/errors.ts";
import type { TrainerCommand, TrainerMessage } from "../../training/job.ts";
import { describeExit, startTrainer } from "./trainer-process.ts";

/**
 * Starts a process, sends it the command and takes its first message that is not an event. The process is killed when `signal` aborts.
 * @throws StrataError what the process said went wrong, or `training.process-died`
 */
export async function askTrainer(
  entry: string,
  command: TrainerCommand,
  signal: AbortSignal,
  environment: NodeJS.ProcessEnv = {},
): Promise<Exclude<TrainerMessage, { kind: "event" | "failed" }>> {
  signal.throwIfAborted();
  let answer: TrainerMessage | null = null;
  const listen = (message: TrainerMessage) => {
    if (message.kind !== "event") answer ??= message;
  };
  const trainer = startTrainer(entry, listen, environment);
  const kill = () => trainer.kill();
  signal.addEventListener("abort", kill, { once: true });
  trainer.send(command);
  const exit = await trainer.exited;
  signal.removeEventListener("abort", kill);
  signal.throwIfAborted();
  // TypeScript does not see the assignment inside the callback.
  const said = answer as TrainerMessage | null;
  if (said === null || said.kind === "event")
    throw new StrataError("training.process-died", { reason: describeExit(exit) });
  if (said.kind === "failed") throw rebuilt(said.error);
  return said;
}

/** The coded error of another process, to be thrown in this one: its words were made there. */
export function rebuilt(error: { code: string; problem: string; remedy: string }): Error {
  return Object.assign(Object.create(StrataError.prototype), {
    ...error,
    message: `${error.problem} ${error.remedy}`,
  });
}
