/** Times the rows of a network, and ways to one output, in a process of its own, while nothing trains. */
import { StrataError } from "../../contract/errors.ts";
import type { RowTimes, WayTimes, WayTiming } from "../../contract/machine.ts";
import { costsOfWays, findFactorisation } from "../../domain/lessons/factorisation.ts";
import { timedBatch } from "../../domain/lessons/way-times.ts";
import type { RowTiming, TrainerCommand, TrainerMessage } from "../../training/job.ts";
import { askTrainer } from "../trainer/ask-trainer.ts";
import { forwardBytes, processBytes } from "./forward-bytes.ts";

export interface RowTimer {
  /**
   * @throws StrataError `training.busy` while a job runs, `timing.given-up` when one starts or something newer is to be timed, `timing.too-large`
   * where the memory is not there, `model.unknown`, `model.input-too-small`
   */
  time(timing: RowTiming, signal?: AbortSignal): Promise<RowTimes>;
  /** @throws StrataError as `time`, and `timing.unknown` */
  timeWays(timing: WayTiming, signal?: AbortSignal): Promise<WayTimes>;
  /** Gives the machine back to a job that starts. */
  cancel(): void;
}

export function createRowTimer(tools: {
  /** The title of what trains now; null while nothing does. */
  readonly busyWith: () => string | null;
  readonly freeMemoryBytes: () => number;
  readonly trainerEntry: string;
  readonly trainerEnvironment: () => NodeJS.ProcessEnv;
}): RowTimer {
  let running = new AbortController();

  async function ask<K extends "row-times" | "way-times">(
    command: TrainerCommand,
    needed: { readonly batchSize: number; readonly neededBytes: number },
    answered: K,
    signal: AbortSignal | undefined,
  ): Promise<Extract<TrainerMessage, { kind: K }>> {
    const experiment = tools.busyWith();
    if (experiment !== null) throw new StrataError("training.busy", { experiment });
    const freeBytes = tools.freeMemoryBytes();
    if (needed.neededBytes > freeBytes) throw new StrataError("timing.too-large", { ...needed, freeBytes });
    running.abort();
    running = new AbortController();
    const ends = AbortSignal.any([running.signal, ...(signal ? [signal] : [])]);
    try {
      const answer = await askTrainer(tools.trainerEntry, command, ends, tools.trainerEnvironment());
      if (answer.kind !== answered) throw new Error(`Asked to ${command.kind}, the trainer answered ${answer.kind}.`);
      // Its kind was looked at.
      return answer as Extract<TrainerMessage, { kind: K }>;
    } catch (thrown) {
      throw ends.aborted ? new StrataError("timing.given-up", {}, { cause: thrown }) : thrown;
    }
  }

  return {
    async time(timing, signal) {
      const needed = {
        batchSize: timing.batchSize,
        neededBytes: processBytes + forwardBytes({ ...timing.model, classes: timing.classes }, timing.batchSize),
      };
      return (await ask({ kind: "time-rows", ...timing }, needed, "row-times", signal)).times;
    },
    async timeWays(timing, signal) {
      return (await ask({ kind: "time-ways", ...timing }, neededForWays(timing), "way-times", signal)).times;
    },
    cancel() {
      running.abort();
    },
  };
}

/** Of one way after the other: weights with their gradients, and each layer's values before and after its ReLU, with theirs. */
function neededForWays({ factorisation: id, ...place }: WayTiming): { batchSize: number; neededBytes: number } {
  const factorisation = findFactorisation(id);
  const batchSize = timedBatch(factorisation, place);
  const costs = costsOfWays(factorisation, place);
  const weights = costs.reduce((sum, { parameters }) => sum + 8 * parameters, 0);
  const values =
    Math.max(...costs.map(({ activationBytes }) => activationBytes)) + 4 * place.channels * place.grid ** 2;
  return { batchSize, neededBytes: processBytes + weights + 4 * values * batchSize };
}
