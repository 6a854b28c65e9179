/**
 * The engine's process: started, watched, and started again when it ends on its own. One that ends time and again is left alone until a person asks.
 */
import { type ChildProcess, type ForkOptions, fork } from "node:child_process";
import type { EngineLink } from "../contract/desktop.ts";
import type { EngineToShell, ShellToEngine } from "../contract/engine-process.ts";
import type { CodedError } from "../contract/errors.ts";
import { engineEndTexts } from "./words.ts";

export interface EngineKeeper {
  readonly link: EngineLink;
  /** What each request to the engine must bring; null while it does not listen. */
  readonly access: { readonly address: string; readonly token: string } | null;
  start(): void;
  send(message: ShellToEngine): void;
  /** Lets it end in order, some seconds at most. */
  stop(): Promise<void>;
}

export interface EngineProgram {
  readonly node: string;
  readonly entry: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Origin of the pages that will speak to it. */
  readonly pageOrigin: string;
}

/** This many ends of its own within this time, and it is not started again by itself. */
const mostEnds = 4;
const endsWithinMillis = 60_000;
/** A little more than the engine allows itself for what trains. */
const stopLimitMillis = 13_000;
const keptLines = 20;

export function createEngineKeeper(
  program: EngineProgram,
  on: {
    /** `link` changed. */
    link(link: EngineLink): void;
    message(message: EngineToShell): void;
  },
): EngineKeeper {
  let child: ChildProcess | null = null;
  let link: EngineLink = { state: "starting" };
  let access: EngineKeeper["access"] = null;
  let failure: CodedError | null = null;
  let isStopping = false;
  let restarts = 0;
  let ends: number[] = [];

  const become = (next: EngineLink): void => {
    link = next;
    if (next.state !== "listening") access = null;
    on.link(next);
  };
  const receive = (message: EngineToShell): void => {
    if (message.kind === "failed") failure = message.error;
    if (message.kind === "listening") {
      const { address, token } = message;
      access = { address, token };
      become({ state: "listening", address, restarts });
    }
    on.message(message);
  };
  const start = (): void => {
    failure = null;
    const { started, exited } = startProcess(program, receive);
    child = started;
    void exited.then((reason) => {
      child = null;
      on.message({ kind: "training", training: null });
      if (isStopping) return;
      const now = Date.now();
      ends = [...ends.filter((end) => now - end < endsWithinMillis), now];
      if (failure !== null) become({ state: "failed", problem: failure.problem, remedy: failure.remedy });
      else if (ends.length >= mostEnds) become({ state: "failed", ...engineEndTexts.keepsEnding(reason) });
      else {
        restarts++;
        become({ state: "restarting", reason });
        start();
      }
    });
  };

  return {
    get link() {
      return link;
    },
    get access() {
      return access;
    },
    start() {
      if (child !== null) return;
      ends = [];
      become({ state: "starting" });
      start();
    },
    send(message) {
      if (child?.connected) child.send(message);
    },
    async stop() {
      isStopping = true;
      const running = child;
      if (running === null) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => running.kill("SIGKILL"), stopLimitMillis);
        running.once("exit", () => {
          clearTimeout(timer);
          resolve();
        });
        // Its word for "end": the parent is gone. Signals do not exist everywhere.
        if (running.connected) running.disconnect();
      });
    },
  };
}

/** `exited` resolves to why it ended, in words. */
function startProcess(
  { node, entry, environment, pageOrigin }: EngineProgram,
  receive: (message: EngineToShell) => void,
): { started: ChildProcess; exited: Promise<string> } {
  const options: ForkOptions & { windowsHide: boolean } = {
    execPath: node,
    execArgv: [],
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // Passed on to `spawn`, which opens a console for it otherwise.
    windowsHide: true,
  };
  const started = fork(entry, [pageOrigin], options);
  let lastLines: string[] = [];
  started.stderr?.setEncoding("utf8").on("data", (text: string) => {
    process.stderr.write(text);
    lastLines = [...lastLines, ...text.split("\n").filter((line) => line.trim() !== "")].slice(-keptLines);
  });
  // The other end is our own program of the same version, so the message's type is the one it sent.
  started.on("message", (message) => receive(message as EngineToShell));
  const exited = new Promise<string>((resolve) => {
    started.once("error", (error) => resolve(engineEndTexts.notStarted(error.message)));
    started.once("close", (code, signal) => resolve(engineEndTexts.ended(code, signal, lastLines)));
  });
  return { started, exited };
}
