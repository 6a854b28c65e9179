/**
 * The engine with its server, as a process of its own for the shell that forks it: `node engine.ts <origin of the shell's pages>`. It tells its parent
 * where it listens and what trains, and ends when it is told to or its parent is gone.
 */
import type { EngineToShell, ShellToEngine } from "../contract/engine-process.ts";
import { StrataError } from "../contract/errors.ts";
import { createEngine } from "../engine/create-engine.ts";
import { obeyShell, tellShell } from "../engine/desktop/shell-link.ts";
import { codedHomeError } from "../platform/disk-trouble.ts";
import { openLog } from "../platform/log.ts";
import { homeFolder, pathsOf } from "../platform/paths.ts";
import { strataVersion } from "../platform/version.ts";
import { createServer } from "../server/create-server.ts";

if (!process.send) {
  process.stderr.write("This program is started by Strata's window and does nothing on its own.\n");
  process.exit(2);
}
const tell = (message: EngineToShell): void => {
  // Where the channel is closed the shell is gone, and `disconnect` ends this process.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};

try {
  const paths = pathsOf(homeFolder());
  const { log, problem } = openLog(paths);
  const engine = await createEngine({ paths, version: strataVersion(), log, keepsQueue: true });
  if (problem !== null) process.stderr.write(`${problem}\n`);
  const server = await createServer({ engine, log, pageOrigin: process.argv[2] });
  engine.machine.current();
  // Neither ends the engine: what trains goes on, and windows still have it.
  tellShell(engine, tell).catch((thrown: unknown) => log.error({ err: thrown }, "the shell is told nothing more"));
  process.on("message", (message) => {
    // The other end is our own shell of the same version, so the message's type is the one it sent.
    obeyShell(engine, message as ShellToEngine, tell).catch((thrown: unknown) =>
      log.error({ err: thrown, message }, "what the shell asked for could not be done"),
    );
  });
  tell({ kind: "listening", address: server.address, token: server.token });
  void engine.tidy();

  const close = async (): Promise<void> => {
    await engine.close();
    await server.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void close());
  process.once("disconnect", () => void close());
} catch (thrown) {
  const error = thrown instanceof StrataError ? thrown : codedHomeError(thrown, homeFolder());
  if (!(error instanceof StrataError)) throw thrown;
  tell({ kind: "failed", error: error.toJSON() });
  process.exitCode = 1;
}
