/** The one way to the engine: typed calls and subscriptions over one WebSocket to whoever served this page, or to the desktop window's own. */
import {
  createTRPCClient,
  createWSClient,
  type TRPCClient,
  TRPCClientError,
  type TRPCLink,
  type TRPCWebSocketClient,
  wsLink,
} from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { protocolsWith } from "../../../src-main/contract/access.ts";
import type { DesktopBridge } from "../../../src-main/contract/desktop.ts";
import type { Router } from "../../../src-main/engine/router.ts";
import { listeningEngine } from "../desktop/bridge.ts";
import { heldAccess, keepAccess } from "./access.ts";
import { retryDelayMillis, socketAddress } from "./address.ts";
import type { Admission } from "./admission.ts";

const keepAliveMillis = 15_000;
const pongTimeoutMillis = 8_000;

/** A browser gives a socket no headers, so that the token goes as a subprotocol. In the desktop window main adds it. */
class SocketWithToken extends WebSocket {
  constructor(url: string | URL) {
    const access = heldAccess();
    super(url, access === null ? [] : protocolsWith(access.token));
  }
}

/** Every call that the pages can make. */
export type Api = TRPCClient<Router>;
export type EngineSocket = TRPCWebSocketClient;

/** Connects at once. @param desktop null in a browser */
export function createEngineClient(
  desktop: DesktopBridge | null,
  admission: Pick<Admission, "admitted">,
): { readonly api: Api; readonly socket: EngineSocket } {
  const socket = createWSClient({
    url: engineAddress(desktop, admission),
    WebSocket: SocketWithToken,
    onOpen: keepAccess,
    retryDelayMs: retryDelayMillis,
    keepAlive: { enabled: true, intervalMs: keepAliveMillis, pongTimeoutMs: pongTimeoutMillis },
  });
  const api = createTRPCClient<Router>({ links: [refuseCommandsWhileLost(socket), wsLink({ client: socket })] });
  return { api, socket };
}

/**
 * Asked for at each try: an engine that was started again listens elsewhere. In the desktop window it waits until there is one, in a browser until the
 * page is let in.
 */
function engineAddress(desktop: DesktopBridge | null, admission: Pick<Admission, "admitted">): () => Promise<string> {
  let isFirstTry = true;
  return async () => {
    if (desktop !== null) return socketAddress(new URL(await listeningEngine(desktop)));
    // The page itself has only just been served.
    if (!isFirstTry) await admission.admitted();
    isFirstTry = false;
    return socketAddress(window.location);
  };
}

/** A command that waited for the next connection would be carried out when nobody thinks of it any more. */
function refuseCommandsWhileLost(socket: EngineSocket): TRPCLink<Router> {
  return () =>
    ({ op, next }) => {
      const { state, error } = socket.connectionState.get();
      if (op.type !== "mutation" || state === "pending" || error === null) return next(op);
      return observable((observer) => observer.error(new TRPCClientError("Not connected")));
    };
}
