/**
 * The engine with its server, as a process of its own for a shell that starts it. It says where it listens as a message to its parent, or as one line of
 * JSON where there is none, and ends when it is told to or its parent is gone.
 */
import { StrataError } from "../contract/errors.ts";
import { createEngine } from "../engine/create-engine.ts";
import { createLog } from "../platform/log.ts";
import { homeFolder, pathsOf } from "../platform/paths.ts";
import { strataVersion } from "../platform/version.ts";
import { createServer } from "../server/create-server.ts";

const tell = (message: object): void => {
  if (process.send) process.send(message);
  else process.stdout.write(`${JSON.stringify(message)}\n`);
};

try {
  const paths = pathsOf(homeFolder());
  const log = createLog(paths);
  const engine = await createEngine({ paths, version: strataVersion(), log, keepsQueue: true });
  const server = await createServer({ engine, log });
  engine.status();
  tell({ kind: "listening", address: server.address, openAddress: server.openAddress });

  const close = async (): Promise<void> => {
    await engine.close();
    await server.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => void close());
  process.once("disconnect", () => void close());
} catch (thrown) {
  if (!(thrown instanceof StrataError)) throw thrown;
  tell({ kind: "failed", error: thrown.toJSON() });
  process.exitCode = 1;
}
