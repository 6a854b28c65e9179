/** The router on the wire: calls and subscriptions over a WebSocket at `/api`, calls over HTTP below it. */
import fastifyWebsocket from "@fastify/websocket";
import { type FastifyTRPCPluginOptions, fastifyTRPCPlugin } from "@trpc/server/adapters/fastify";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { wireProtocol } from "../contract/access.ts";
import { StrataError } from "../contract/errors.ts";
import { createCallLimit, mostCalls } from "../engine/calls/call-limit.ts";
import { createClient } from "../engine/calls/client.ts";
import { codedErrorFrom } from "../engine/calls/coded-error.ts";
import type { EngineParts } from "../engine/engine-parts.ts";
import { type Router, router } from "../engine/router.ts";
import type { Log } from "../platform/log.ts";
import { closed, isAbort } from "./closed.ts";
import type { ConnectionLimits } from "./connections.ts";
import { waitForReader } from "./unread.ts";

/** The largest request: a list of some hundred runs is a few kilobytes. */
export const mostBodyBytes = 1_000_000;

/** Before every other hook: it marks upgrades, so that one that a later hook refuses is answered and its socket closed. */
export async function registerWebSocket(server: FastifyInstance): Promise<void> {
  await server.register(fastifyWebsocket, { options: { maxPayload: mostBodyBytes, handleProtocols } });
  server.websocketServer.on("connection", waitForReader);
  // The socket of a refused upgrade speaks HTTP no longer, so the client must not send its next request on it.
  server.addHook("onSend", async (request, reply) => {
    if (request.ws) reply.header("connection", "close");
  });
}

/** The one that carries the token is never the answer. */
function handleProtocols(offered: ReadonlySet<string>): string | false {
  return offered.has(wireProtocol) && wireProtocol;
}

export async function registerApi(
  server: FastifyInstance,
  engine: EngineParts,
  log: Log,
  { silentMillis, signMillis }: ConnectionLimits,
): Promise<void> {
  const options: FastifyTRPCPluginOptions<Router> = {
    prefix: "/api",
    useWSS: true,
    trpcOptions: {
      router,
      // Once a connection, or once a request over HTTP.
      createContext: ({ res }) => ({ engine, calls: createCallLimit(), client: createClient(closed(res)) }),
      maxBatchSize: mostCalls,
      // A window that went to sleep is let go, so that nothing piles up for it; it comes back to a snapshot.
      keepAlive: { enabled: true, pingMs: silentMillis, pongWaitMs: signMillis },
      maxBodySize: mostBodyBytes,
      onError: ({ error, path }) => {
        const isExpected = error.cause instanceof StrataError || error.code !== "INTERNAL_SERVER_ERROR";
        // An input that is wrong is said in short: all that is wrong with it may be megabytes.
        const err = error.cause instanceof z.ZodError ? codedErrorFrom(error) : (error.cause ?? error);
        // Nobody is there any more to be told.
        if (isAbort(error.cause)) return;
        log[isExpected ? "info" : "error"]({ err, path: path?.slice(0, 100) }, "call failed");
      },
    },
  };
  await server.register(fastifyTRPCPlugin, options);
}
