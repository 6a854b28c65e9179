/** A process that trains one network by one library, a few steps whenever it is asked. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";

const ready = z.object({ parameters: z.number(), device: z.enum(["CPU", "GPU"]), loss: z.number() });
const turn = z.object({ millis: z.array(z.number()), peakMemoryBytes: z.number() });

export interface Contender {
  readonly name: string;
  readonly parameters: number;
  readonly device: "CPU" | "GPU";
  /** From the start of its process. */
  readonly firstStepMillis: number;
  readonly firstLoss: number;
  /** Of each step, turn by turn. */
  readonly turns: number[][];
  peakMemoryBytes: number;
  /** That its process held of the GPU after a turn, as its driver tells; 0 on a processor. */
  gpuMemoryBytes: number;
  run(steps: number): Promise<void>;
  stop(): void;
}

/**
 * @param environment variables that it has otherwise than this process
 * @throws Error with the end of what the process said, if it dies before its first step is done
 */
export async function startContender(
  name: string,
  command: readonly [string, ...string[]],
  task: object,
  environment: NodeJS.ProcessEnv = {},
): Promise<Contender> {
  const startedAt = performance.now();
  const child = spawn(command[0], command.slice(1), {
    stdio: ["pipe", "pipe", "pipe"],
    env: { ...process.env, ...environment },
  });
  let said = "";
  child.stderr.on("data", (text) => {
    said = (said + String(text)).slice(-2000);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  async function ask(message: object): Promise<unknown> {
    child.stdin.write(`${JSON.stringify(message)}\n`);
    const line = await lines.next();
    if (line.done) throw new Error(`${name} died: ${said.trim()}`);
    return JSON.parse(line.value);
  }
  const first = ready.parse(await ask(task));
  const contender: Contender = {
    name,
    parameters: first.parameters,
    device: first.device,
    firstLoss: first.loss,
    firstStepMillis: performance.now() - startedAt,
    turns: [],
    peakMemoryBytes: 0,
    gpuMemoryBytes: 0,
    async run(steps) {
      const { millis, peakMemoryBytes } = turn.parse(await ask({ steps }));
      contender.turns.push(millis);
      contender.peakMemoryBytes = peakMemoryBytes;
      if (first.device === "GPU") contender.gpuMemoryBytes = Math.max(contender.gpuMemoryBytes, gpuMemoryOf(child.pid));
    },
    stop: () => stop(child),
  };
  return contender;
}

/** `1234, 5678` a line: process and mebibytes. */
function gpuMemoryOf(pid: number | undefined): number {
  const args = ["--query-compute-apps=pid,used_memory", "--format=csv,noheader,nounits"];
  const lines = execFileSync("nvidia-smi", args, { encoding: "utf8" }).split("\n");
  const mine = lines.map((line) => line.split(",").map(Number)).filter(([id]) => id === pid);
  return mine.reduce((sum, [, mebibytes = 0]) => sum + mebibytes * 2 ** 20, 0);
}

function stop(child: ChildProcess): void {
  child.stdin?.end();
  child.kill();
}
