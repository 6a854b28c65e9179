/** Asks the process that reads mutated files, and begins another where it died of one or did not end with it. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TargetAnswer, TargetQuestion } from "./target-process.ts";

export interface Target {
  read(question: TargetQuestion): Promise<TargetAnswer>;
  readonly peakBytes: number;
  close(): void;
}

const program = fileURLToPath(new URL("./target-process.ts", import.meta.url));
/** Of a case: none has more than a megabyte to read. */
const mostMillis = 60_000;

export function createTarget(folder: string, seed: number): Target {
  let child: ChildProcess | null = null;
  let peakBytes = 0;
  const begin = async (): Promise<ChildProcess> => {
    const begun = fork(program, [folder, String(seed)]);
    await once(begun, "message");
    child = begun;
    return begun;
  };
  return {
    async read(question) {
      const asked = child ?? (await begin());
      const answer = await new Promise<TargetAnswer>((resolve) => {
        const crashed = (told: string): void => {
          child = null;
          resolve({ outcome: "crashed", told: `case ${question.number}: ${told}`, peakBytes: 0 });
        };
        const timer = setTimeout(() => {
          asked.kill("SIGKILL");
          crashed(`it did not end within ${mostMillis / 1_000} s`);
        }, mostMillis);
        const onExit = (code: number | null, signal: string | null) => crashed(`ended with ${signal ?? code}`);
        asked.once("exit", onExit);
        asked.once("message", (message) => {
          clearTimeout(timer);
          asked.off("exit", onExit);
          // The other end is the bench's own program.
          const { told, ...rest } = message as TargetAnswer;
          resolve({ ...rest, ...(told === undefined ? {} : { told: `case ${question.number}: ${told}` }) });
        });
        asked.send(question);
      });
      peakBytes = Math.max(peakBytes, answer.peakBytes);
      return answer;
    },
    get peakBytes() {
      return peakBytes;
    },
    close: () => void child?.disconnect(),
  };
}
