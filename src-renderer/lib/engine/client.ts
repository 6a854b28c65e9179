/** The one way to the engine: typed calls and subscriptions over one WebSocket to whoever served this page, or to the desktop window's own. */
import {
  createTRPCClient,
  createWSClient,
  type TRPCClient,
  TRPCClientError,
  type TRPCLink,
  wsLink,
} from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { protocolsWith } from "../../../src-main/contract/access.ts";
import type { Router } from "../../../src-main/engine/router.ts";
import { desktop, listeningEngine } from "../desktop/bridge.ts";
import { heldAccess, keepAccess } from "./access.ts";
import { retryDelayMillis, socketAddress } from "./address.ts";
import { admitted } from "./admission.ts";

const keepAliveMillis = 15_000;
const pongTimeoutMillis = 8_000;

/** A browser gives a socket no headers, so that the token goes as a subprotocol. In the desktop window main adds it. */
class SocketWithToken extends WebSocket {
  constructor(url: string | URL) {
    const access = heldAccess();
    super(url, access === null ? [] : protocolsWith(access.token));
  }
}

export const socket = createWSClient({
  url: engineAddress,
  WebSocket: SocketWithToken,
  onOpen: keepAccess,
  retryDelayMs: retryDelayMillis,
  keepAlive: { enabled: true, intervalMs: keepAliveMillis, pongTimeoutMs: pongTimeoutMillis },
});

let isFirstTry = true;

/**
 * Asked for at each try: an engine that was started again listens elsewhere. In the desktop window it waits until there is one, in a browser until the
 * page is let in.
 */
async function engineAddress(): Promise<string> {
  if (desktop !== null) return socketAddress(new URL(await listeningEngine(desktop)));
  // The page itself has only just been served.
  if (!isFirstTry) await admitted();
  isFirstTry = false;
  return socketAddress(window.location);
}

/** A command that waited for the next connection would be carried out when nobody thinks of it any more. */
const refuseCommandsWhileLost: TRPCLink<Router> =
  () =>
  ({ op, next }) => {
    const { state, error } = socket.connectionState.get();
    if (op.type !== "mutation" || state === "pending" || error === null) return next(op);
    return observable((observer) => observer.error(new TRPCClientError("Not connected")));
  };

/** Every call that the pages can make. */
export type Api = TRPCClient<Router>;

export const api: Api = createTRPCClient<Router>({ links: [refuseCommandsWhileLost, wsLink({ client: socket })] });
