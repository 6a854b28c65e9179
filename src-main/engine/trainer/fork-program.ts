/** Starts one of the engine's own programs that work with TensorFlow, with a message channel. */
import { type ChildProcess, fork } from "node:child_process";
import { makePreferredVictim } from "../../platform/memory.ts";
import { poolVariables, threadVariables } from "../../platform/threads.ts";
import { libraryVariables } from "../../tensorflow/library-variables.ts";
import { memoryGrowthVariable } from "../../training/gpu-variables.ts";

export interface ForkedProgram {
  readonly child: ChildProcess;
  /** The last lines of its standard error so far. */
  readonly lastLines: string[];
}

const keptLines = 20;

/**
 * @param entry file that the process runs
 * @param environment variables that it has otherwise than this process; undefined takes one away
 */
export function forkProgram(entry: string, environment: NodeJS.ProcessEnv): ForkedProgram {
  const env = { ...process.env, ...environment };
  const child = fork(entry, [], {
    serialization: "advanced",
    execArgv: [],
    env: {
      [memoryGrowthVariable]: "true",
      ...libraryVariables,
      ...env,
      ...threadVariables(env),
      ...poolVariables(env),
    },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // Ctrl-C in a terminal goes to the whole process group. The program is to hear of it from the engine.
    detached: process.platform !== "win32",
  });
  if (child.pid !== undefined) makePreferredVictim(child.pid);
  const lastLines: string[] = [];
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastLines.push(...text.split("\n").filter((line) => line.trim() !== ""));
    lastLines.splice(0, lastLines.length - keptLines);
  });
  return { child, lastLines };
}
