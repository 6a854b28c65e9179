/**
 * How many connections there may be and how long one may take to ask. Whoever reaches the port can open connections, the token or not; each takes one of
 * the process's handles, and a run needs some for its files.
 */
import type { Socket } from "node:net";
import type { FastifyInstance } from "fastify";

export interface ConnectionLimits {
  /** From the connection, or from the answer before, until a request's headers are there. */
  readonly headersMillis: number;
  /** Until its body is there, too. The largest is a megabyte. */
  readonly requestMillis: number;
  /** Connections in all: thirty open tabs, each with a WebSocket and six for pictures, are 210. */
  readonly connections: number;
  /** Of those, the ones over which nobody brought a token yet. */
  readonly strangers: number;
  /** A WebSocket that says nothing is asked for a sign of life after so long. */
  readonly silentMillis: number;
  /** Then it has so long to give one. */
  readonly signMillis: number;
}

export const usualLimits: ConnectionLimits = {
  headersMillis: 10_000,
  requestMillis: 30_000,
  connections: 500,
  strangers: 64,
  silentMillis: 15_000,
  signMillis: 10_000,
};

/** Options of Node's server and of Fastify. Node looks at what is late a few times within the shortest of them. */
export function serverTimeouts({ headersMillis, requestMillis }: ConnectionLimits) {
  return {
    requestTimeout: requestMillis,
    http: { headersTimeout: headersMillis, connectionsCheckingInterval: headersMillis / 5 },
  };
}

export interface Connections {
  /** From now on it is no stranger's. */
  know(socket: Socket): void;
}

/** Beyond their number the stranger who has waited longest is let go, so that strangers shut nobody out. */
export function limitConnections(server: FastifyInstance, limits: ConnectionLimits): Connections {
  const strangers = new Set<Socket>();
  server.server.maxConnections = limits.connections;
  server.server.on("connection", (socket: Socket) => {
    strangers.add(socket);
    socket.once("close", () => strangers.delete(socket));
    const [longest] = strangers;
    if (longest === undefined || strangers.size <= limits.strangers) return;
    // At once: until it has closed, the next connection would find it again.
    strangers.delete(longest);
    longest.destroy();
  });
  return { know: (socket) => void strangers.delete(socket) };
}
