/** A process that trains one network by one library, a few steps whenever it is asked. */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { z } from "zod";

const ready = z.object({ parameters: z.number(), loss: z.number() });
const turn = z.object({ millis: z.array(z.number()), peakMemoryBytes: z.number() });

export interface Contender {
  readonly name: string;
  readonly parameters: number;
  /** From the start of its process. */
  readonly firstStepMillis: number;
  readonly firstLoss: number;
  /** Of each step, turn by turn. */
  readonly turns: number[][];
  peakMemoryBytes: number;
  run(steps: number): Promise<void>;
  stop(): void;
}

/** @throws Error with the end of what the process said, if it dies before its first step is done */
export async function startContender(
  name: string,
  command: readonly [string, ...string[]],
  task: object,
): Promise<Contender> {
  const startedAt = performance.now();
  const child = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "pipe"] });
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
    firstLoss: first.loss,
    firstStepMillis: performance.now() - startedAt,
    turns: [],
    peakMemoryBytes: 0,
    async run(steps) {
      const { millis, peakMemoryBytes } = turn.parse(await ask({ steps }));
      contender.turns.push(millis);
      contender.peakMemoryBytes = peakMemoryBytes;
    },
    stop: () => stop(child),
  };
  return contender;
}

function stop(child: ChildProcess): void {
  child.stdin?.end();
  child.kill();
}
