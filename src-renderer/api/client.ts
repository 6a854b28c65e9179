/** The one way to the engine: typed calls and subscriptions over one WebSocket to whoever served this page. */
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import type { Router } from "../../src-main/engine/router.ts";
import { retryDelayMillis, socketAddress } from "./address.ts";

const keepAliveMillis = 15_000;
const pongTimeoutMillis = 8_000;

export const socket = createWSClient({
  url: () => socketAddress(window.location),
  retryDelayMs: retryDelayMillis,
  keepAlive: { enabled: true, intervalMs: keepAliveMillis, pongTimeoutMs: pongTimeoutMillis },
});

export const api = createTRPCClient<Router>({ links: [wsLink({ client: socket })] });
