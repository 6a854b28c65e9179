/** Why a job's runs ended, from what its process left behind. */
import type { RunConfiguration } from "../../contract/configuration.ts";
import { type CodedError, StrataError } from "../../contract/errors.ts";
import type { EndReason } from "../../contract/run.ts";
import type { Dataset } from "../../datasets/example.ts";
import { isForWantOfMemory } from "../../domain/runs/process-end.ts";
import type { Interruption } from "../../training/job.ts";
import { predictPeakBytes } from "../../training/measuring/predict-memory.ts";
import { outOfMemoryError, tellsOutOfMemory } from "../../training/thrown.ts";
import { type MemoryFindings, wasEndedByMemory } from "./memory-watch.ts";
import { describeExit, type TrainerExit } from "./trainer-process.ts";

/** How runs end that the training process left open. */
export function endOf(
  { arms, dataset }: { readonly arms: readonly RunConfiguration[]; readonly dataset: Dataset },
  exit: TrainerExit,
  memory: MemoryFindings | null,
  interruption: Interruption | null,
  failure: CodedError | null,
): { reason: EndReason; error: CodedError | null } {
  if (failure !== null) return { reason: "error", error: failure };
  if (interruption !== null) return { reason: interruption, error: null };
  const data = { classes: dataset.classNames.length, pictures: dataset.examples.length };
  const isEndedByMemory = memory !== null && wasEndedByMemory(exit, memory, predictPeakBytes(arms, data));
  // An allocation that fails outside TensorFlow's own care ends the process, at best with last words.
  if (isEndedByMemory || isForWantOfMemory(exit) || exit.lastLines.some(tellsOutOfMemory)) {
    const held = memory?.last?.residentBytes ?? 0;
    const available = held + (memory?.last?.freeBytes ?? 0);
    return {
      reason: "error",
      error: outOfMemoryError({ arms, ...data }, available, exit.signal === "SIGKILL" ? held : null),
    };
  }
  const error = new StrataError("training.process-died", { reason: describeExit(exit) }).toJSON();
  return { reason: "process-died", error };
}

/** What was thrown as an error to record; what has no code of its own is called the end of a training process. */
export function processErrorOf(thrown: unknown): CodedError {
  if (thrown instanceof StrataError) return thrown.toJSON();
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new StrataError("training.process-died", { reason }).toJSON();
}
