/** Times the rows of a network in a process of its own, while nothing trains. */
import { StrataError } from "../../contract/errors.ts";
import type { RowTimes } from "../../contract/machine.ts";
import type { RowTiming } from "../../training/job.ts";
import { askTrainer } from "../trainer/ask-trainer.ts";
import { architectureOf } from "./model-list.ts";

export interface RowTimer {
  /**
   * @throws StrataError `training.busy` while a job runs, `timing.given-up` when one starts or something newer is to be timed, `timing.too-large`
   * where the memory is not there, `model.unknown`, `model.input-too-small`
   */
  time(timing: RowTiming, signal?: AbortSignal): Promise<RowTimes>;
  /** Gives the machine back to a job that starts. */
  cancel(): void;
}

/** What a process with TensorFlow holds before it has a network. */
const processBytes = 400e6;

export function createRowTimer(tools: {
  /** The title of what trains now; null while nothing does. */
  readonly busyWith: () => string | null;
  readonly freeMemoryBytes: () => number;
  readonly trainerEntry: string;
  readonly trainerEnvironment: () => NodeJS.ProcessEnv;
}): RowTimer {
  let running = new AbortController();
  return {
    async time(timing, signal) {
      const neededBytes = neededBytesOf(timing);
      const experiment = tools.busyWith();
      if (experiment !== null) throw new StrataError("training.busy", { experiment });
      const freeBytes = tools.freeMemoryBytes();
      const { batchSize } = timing;
      if (neededBytes > freeBytes) throw new StrataError("timing.too-large", { batchSize, neededBytes, freeBytes });
      running.abort();
      running = new AbortController();
      const ends = AbortSignal.any([running.signal, ...(signal ? [signal] : [])]);
      try {
        const command = { kind: "time-rows", ...timing } as const;
        const answer = await askTrainer(tools.trainerEntry, command, ends, tools.trainerEnvironment());
        if (answer.kind !== "row-times") throw new Error(`Asked to time rows, the trainer answered ${answer.kind}.`);
        return answer.times;
      } catch (thrown) {
        throw ends.aborted ? new StrataError("timing.given-up", {}, { cause: thrown }) : thrown;
      }
    },
    cancel() {
      running.abort();
    },
  };
}

/** Weights twice, since the compiled pass has its own, and what goes into and out of the largest row with as much room to work. */
function neededBytesOf({ model, classes, batchSize }: RowTiming): number {
  const { parameters, rows, inputPixels } = architectureOf({ ...model, classes });
  const largest = Math.max(12 * inputPixels ** 2, ...rows.map(({ activationBytes }) => activationBytes));
  return processBytes + 8 * parameters + 3 * largest * batchSize;
}
