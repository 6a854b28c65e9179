/** What this machine is. TensorFlow is asked once, in a process of its own, when somebody first wants to know. */
import { cpus, totalmem } from "node:os";
import { StrataError } from "../../contract/errors.ts";
import type { EngineStatus } from "../../contract/machine.ts";
import type { Log } from "../../platform/log.ts";
import { askTrainer } from "../trainer/ask-trainer.ts";

export interface MachineStatus {
  /** As far as it is known by now. */
  current(): Omit<EngineStatus, "notices">;
}

export function createMachineStatus(tools: {
  readonly version: string;
  readonly trainerEntry: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}): MachineStatus {
  let isAsked = false;
  let status: ReturnType<MachineStatus["current"]> = {
    version: tools.version,
    state: "starting",
    tensorflow: null,
    device: null,
    cores: cpus().length,
    memoryBytes: totalmem(),
    problem: null,
  };

  const ask = async (): Promise<void> => {
    try {
      const answer = await askTrainer(tools.trainerEntry, { kind: "report" }, tools.signal);
      if (answer.kind !== "report") throw new Error(`Asked for a report, the trainer answered ${answer.kind}.`);
      const { version, devices } = answer.report;
      const device = devices.find((name) => /gpu/i.test(name)) ?? devices[0] ?? null;
      status = { ...status, state: "ready", tensorflow: `TensorFlow ${version}`, device };
    } catch (thrown) {
      if (tools.signal.aborted) return;
      tools.log.error({ err: thrown }, "TensorFlow did not answer");
      const problem = thrown instanceof StrataError ? thrown.message : String(thrown);
      status = { ...status, state: "failed", problem };
    }
  };

  return {
    current() {
      if (!isAsked) {
        isAsked = true;
        void ask();
      }
      return status;
    },
  };
}
