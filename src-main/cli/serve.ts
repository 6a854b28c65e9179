/** `strata serve`, and `strata` alone: the app, for a browser. */
import type { Command } from "commander";
import { z } from "zod";
import { isInstalled } from "../platform/installed.ts";
import { isLoopback } from "../platform/own-hosts.ts";
import { homeFolder, pathsOf } from "../platform/paths.ts";
import { newToken, readServedAddress, writeServedAddress } from "../platform/served-address.ts";
import { type CommandContext, jsonOption, respond } from "./command.ts";
import type { ServeDocument } from "./documents.ts";
import { numberFlagOf } from "./flags.ts";
import type { CliIo, Listening } from "./io.ts";
import { openEngine } from "./with-engine.ts";

interface ServeFlags {
  readonly host?: string;
  readonly port?: number;
  readonly newToken?: boolean;
  readonly json?: boolean;
}

export function addServe(program: Command, { io }: CommandContext): void {
  program
    .command("serve")
    .description("the app in a browser")
    .option("--host <address>", "address to listen on; another than loopback opens it to your network", "127.0.0.1")
    .option(
      "--port <number>",
      "port to listen on; unless named, the one of the last time, or a free one",
      numberFlagOf(z.int().min(0).max(65_535)),
    )
    .option("--new-token", "print a new address; pages that are open from before are shut out")
    .option(...jsonOption)
    .action((flags: ServeFlags) => serve(io, flags));

  program
    .command("app [pictures]")
    .description(
      "the desktop window (what strata alone does), with the pictures of a folder, an archive or a list, which can be named without app, too; where there is none, the app in a browser",
    )
    .action(async (pictures: string | undefined) => {
      // The launcher opens the window; it comes here when it could not, and says why.
      const reason =
        io.environment.STRATA_NO_WINDOW || (isInstalled ? "it is a program of its own" : "it is opened by npm start");
      io.err(`No desktop window (${reason}): Strata serves the app to your browser.\n`);
      await serve(io, {}, pictures);
    });
}

/** Resolves when it was told to end. @param pictures that were looked at last are those that the page begins with */
async function serve(io: CliIo, flags: ServeFlags, pictures?: string): Promise<void> {
  const { host = "127.0.0.1", json } = flags;
  const paths = pathsOf(homeFolder(io.environment));
  const { engine, log } = await openEngine(io, { keepsQueue: true });
  try {
    if (pictures !== undefined) await engine.datasets.inspect({ kind: "folder", path: pictures });
    if (!isLoopback(host))
      io.err(
        "Warning: Strata is open to your network. Whoever holds the address below can read every folder that you can, " +
          "and what is sent is not encrypted. It stays the same from start to start; --new-token makes a new one.\n",
      );
    const server = await listenAsBefore(io, flags, paths.servedAddress, (at) =>
      io.listen({ engine, host, log, ...at }),
    );
    const ended = new Promise<void>((resolve) => io.onInterrupt(resolve));
    engine.machine.current();
    const { address, openAddress } = server;
    const document: ServeDocument = { address, openAddress };
    respond(io, json, document, () => `Open ${openAddress}\nCtrl-C ends it.\n`);
    void engine.tidy();
    await ended;
    if (engine.runs.list().some(({ state }) => state === "running"))
      io.err("Stopping what trains; what is recorded stays.\n");
    // First the engine, so that windows are told; then the wire.
    await engine.close();
    await server.close();
  } finally {
    await engine.close();
  }
}

/** With the token, and at the port, that the address had the last time, so that a page which is open from then goes on. */
async function listenAsBefore(
  io: CliIo,
  { port, newToken: isNewToken = false }: ServeFlags,
  file: string,
  listen: (at: { readonly token: string; readonly port?: number }) => Promise<Listening>,
): Promise<Listening> {
  const before = readServedAddress(file);
  const token = isNewToken || before === null ? newToken() : before.token;
  // The port of the last time may be taken by now; one that a person names is meant.
  const server = await listen({ token, port: port ?? before?.port }).catch((thrown: unknown) => {
    if (port !== undefined || before === null) throw thrown;
    return listen({ token });
  });
  try {
    writeServedAddress(file, { token, port: Number(new URL(server.address).port || 80) });
  } catch {
    io.err("The address could not be kept in the home folder: the next start prints another.\n");
  }
  return server;
}
