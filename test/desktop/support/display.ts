/** A display of its own for the windows under test, so that none opens before whoever works at this machine. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export interface Display {
  /** `:99` */
  readonly name: string;
  close(): Promise<void>;
}

export async function openDisplay(): Promise<Display> {
  // Its third pipe is told which number was free.
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const number = await firstLine(server);
  return {
    name: `:${number}`,
    async close() {
      const exited = once(server, "exit");
      server.kill();
      await exited;
    },
  };
}

async function firstLine(server: ChildProcess): Promise<string> {
  const pipe = server.stdio[3];
  if (!pipe || !("read" in pipe)) throw new Error("Xvfb was started without its pipe.");
  for await (const line of createInterface({ input: pipe })) return line.trim();
  throw new Error("Xvfb ended before it had a display.");
}
