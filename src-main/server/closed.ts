/** When whoever asked is gone. */
import type { EventEmitter } from "node:events";
import type { FastifyReply } from "fastify";

/** Aborts when the connection closes: a socket, or the one of a request. */
export function closed(connection: EventEmitter | FastifyReply): AbortSignal {
  const gone = new AbortController();
  const emitter = "raw" in connection ? connection.raw : connection;
  emitter.once("close", () => gone.abort());
  return gone.signal;
}

export function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "AbortError";
}
