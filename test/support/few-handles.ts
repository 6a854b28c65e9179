/**
 * A server in a process that may open few handles, which it puts on itself: `node few-handles.ts <most>`. Sends its parent the address and token; told to
 * train, it sends how the run ended.
 */
import { execFileSync } from "node:child_process";
import { scripts } from "./trainer-scripts.ts";
import { requestFor, startServer, whenOver } from "./with-engine.ts";

const { engine, server, close } = await startServer();
execFileSync("prlimit", ["--pid", String(process.pid), `--nofile=${process.argv[2]}`]);
process.send?.({ address: server.address, token: server.token });
process.once("message", async () => {
  const { runIds } = await engine.scheduling.start(requestFor(scripts.trainsToTheEnd));
  const { state, error } = await whenOver(engine, runIds[0]!);
  process.send?.({ state, error });
  await close();
  process.disconnect();
});
