/** The one way to the engine: typed calls and subscriptions over one WebSocket to whoever served this page. */
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import type { Router } from "../../src-main/engine/router.ts";

const firstRetryMillis = 250;
const longestRetryMillis = 5_000;
const keepAliveMillis = 15_000;
const pongTimeoutMillis = 8_000;

/** Where the engine listens, seen from the page's own address. */
export function socketAddress(page: { readonly protocol: string; readonly host: string }): string {
  return `${page.protocol === "https:" ? "wss" : "ws"}://${page.host}/api`;
}

/** How long to wait before the next try: doubles from a quarter of a second to five seconds. */
export function retryDelayMillis(attempt: number): number {
  return Math.min(longestRetryMillis, firstRetryMillis * 2 ** Math.max(0, attempt - 1));
}

export const socket = createWSClient({
  url: () => socketAddress(window.location),
  retryDelayMs: retryDelayMillis,
  keepAlive: { enabled: true, intervalMs: keepAliveMillis, pongTimeoutMs: pongTimeoutMillis },
});

export const api = createTRPCClient<Router>({ links: [wsLink({ client: socket })] });
