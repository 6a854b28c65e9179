/** The one way to the engine: typed calls and subscriptions over one WebSocket to whoever served this page, or to the desktop window's own. */
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import type { Router } from "../../src-main/engine/router.ts";
import { retryDelayMillis, socketAddress } from "./address.ts";
import { desktop, listeningEngine } from "./desktop.ts";

const keepAliveMillis = 15_000;
const pongTimeoutMillis = 8_000;

export const socket = createWSClient({
  url: engineAddress,
  retryDelayMs: retryDelayMillis,
  keepAlive: { enabled: true, intervalMs: keepAliveMillis, pongTimeoutMs: pongTimeoutMillis },
});

/** Asked for at each try: an engine that was started again listens elsewhere. In the desktop window it waits until there is one. */
async function engineAddress(): Promise<string> {
  return socketAddress(desktop === null ? window.location : new URL(await listeningEngine(desktop)));
}

export const api = createTRPCClient<Router>({ links: [wsLink({ client: socket })] });
