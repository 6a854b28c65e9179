/** `strata serve`, and `strata` alone: the app, for a browser. */
import type { Command } from "commander";
import { createLog } from "../platform/log.ts";
import { isLoopback } from "../platform/own-hosts.ts";
import { homeFolder, pathsOf } from "../platform/paths.ts";
import { answer, type CommandContext, jsonOption } from "./command.ts";
import type { ServeDocument } from "./documents.ts";
import { wholeFlag } from "./flags.ts";
import type { CliIo } from "./io.ts";
import { openEngine } from "./with-engine.ts";

interface ServeFlags {
  readonly host?: string;
  readonly port?: number;
  readonly json?: boolean;
}

export function addServe(program: Command, { io }: CommandContext): void {
  program
    .command("serve")
    .description("the app in a browser")
    .option("--host <address>", "address to listen on; another than loopback opens it to your network", "127.0.0.1")
    .option("--port <number>", "port to listen on; a free one unless named", wholeFlag)
    .option(...jsonOption)
    .action((flags: ServeFlags) => serve(io, flags));

  program
    .command("app [folder]")
    .description(
      "the desktop window (what strata alone does), with the pictures of a folder; where there is none, the app in a browser",
    )
    .action(async () => {
      // The launcher opens the window; it comes here when it could not, and says why.
      const reason = io.environment.STRATA_NO_WINDOW ?? "it is opened by npm start";
      io.err(`No desktop window (${reason}): Strata serves the app to your browser.\n`);
      await serve(io, {});
    });
}

/** Resolves when it was told to end. */
async function serve(io: CliIo, { host = "127.0.0.1", port, json }: ServeFlags): Promise<void> {
  const log = createLog(pathsOf(homeFolder(io.environment)));
  const engine = await openEngine(io, { keepsQueue: true });
  try {
    if (!isLoopback(host))
      io.err(
        "Warning: Strata is open to your network. Whoever holds the address below can read every folder that you can, " +
          "and what is sent is not encrypted.\n",
      );
    const server = await io.listen({ engine, host, port, log });
    const ended = new Promise<void>((resolve) => io.onInterrupt(resolve));
    engine.status();
    const { address, openAddress } = server;
    const document: ServeDocument = { address, openAddress };
    answer(io, json, document, () => `Open ${openAddress}\nCtrl-C ends it.\n`);
    await ended;
    if (engine.runs().some(({ state }) => state === "running"))
      io.err("Stopping what trains; what is recorded stays.\n");
    // First the engine, so that windows are told; then the wire.
    await engine.close();
    await server.close();
  } finally {
    await engine.close();
  }
}
