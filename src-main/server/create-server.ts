/** The engine on the wire, for a window, a browser, or whoever holds the token. */
import { fileURLToPath } from "node:url";
import fastifyHelmet from "@fastify/helmet";
import fastify, { type FastifyInstance } from "fastify";
import { StrataError } from "../contract/errors.ts";
import type { Engine } from "../engine/create-engine.ts";
import { type Log, silentLog } from "../platform/log.ts";
import { bracketed, ownHosts } from "../platform/own-hosts.ts";
import { permissionsPolicy } from "../platform/permissions-policy.ts";
import { newToken } from "../platform/served-address.ts";
import { registerActivations } from "./activations.ts";
import { mostBodyBytes, registerApi, registerWebSocket } from "./api.ts";
import { registerAuth } from "./auth.ts";
import { type ConnectionLimits, limitConnections, serverTimeouts, usualLimits } from "./connections.ts";
import { registerDownloads } from "./downloads.ts";
import { registerPictures } from "./pictures.ts";
import { registerStatic } from "./static.ts";

export interface ServerOptions {
  readonly engine: Engine;
  /** Loopback unless named: whoever reaches the port and holds the token can read the folders that this user can. */
  readonly host?: string;
  /** A free one unless named. */
  readonly port?: number;
  /** What whoever speaks to it must bring; a new one unless named. */
  readonly token?: string;
  readonly rendererFolder?: string;
  /** Where pages come from that this server did not serve itself: the desktop window's. They need the token as everyone does. */
  readonly pageOrigin?: string;
  readonly log?: Log;
  readonly limits?: ConnectionLimits;
}

export interface Server {
  /** `http://127.0.0.1:40123` */
  readonly address: string;
  readonly token: string;
  /** The address to open in a browser: it sets the cookie, and leads to the app with what the page is let in by. */
  readonly openAddress: string;
  /** Every route, as `METHOD path`. */
  readonly routes: readonly string[];
  close(): Promise<void>;
}

/** @throws StrataError `server.port-taken` */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { engine, host = "127.0.0.1", port = 0, token = newToken(), pageOrigin, log = silentLog } = options;
  const { limits = usualLimits } = options;
  const rendererFolder = options.rendererFolder ?? fileURLToPath(new URL("../../out/window/renderer", import.meta.url));
  const server = fastify({
    bodyLimit: mostBodyBytes,
    forceCloseConnections: true,
    ...serverTimeouts(limits),
    routerOptions: { maxParamLength: 500 },
  });
  const listeningPort = (): number => {
    const address = server.server.address();
    return typeof address === "object" && address ? address.port : port;
  };
  const hosts = ownHosts(host);
  const isOwnHost = (name: string): boolean => {
    // Port 80 is the one that browsers leave out.
    const suffix = listeningPort() === 80 ? "" : `:${listeningPort()}`;
    return name.endsWith(suffix) && hosts.has(name.slice(0, name.length - suffix.length).toLowerCase());
  };
  const routes: string[] = [];
  server.addHook("onRoute", ({ method, url }) => {
    for (const verb of [method].flat()) routes.push(`${verb} ${url}`);
  });

  logRequests(server, log);
  await registerWebSocket(server);
  const connections = limitConnections(server, limits);
  await registerAuth(server, { token, isOwnHost, pageOrigin, port: listeningPort, connections });
  await registerHeaders(server);
  await registerApi(server, engine, log, limits);
  registerPictures(server, engine);
  registerActivations(server, engine);
  registerDownloads(server, engine);
  await registerStatic(server, rendererFolder);

  await server.listen({ host, port }).catch((thrown: unknown) => {
    const isTaken = thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE";
    throw isTaken ? new StrataError("server.port-taken", { port }, { cause: thrown }) : thrown;
  });
  const address = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : bracketed(host)}:${listeningPort()}`;
  log.info({ address }, "serving");
  return {
    address,
    token,
    openAddress: `${address}/open?token=${token}`,
    routes,
    close: () => server.close(),
  };
}

/** The path alone is logged: a query may hold the token. */
function logRequests(server: FastifyInstance, log: Log): void {
  server.addHook("onResponse", async (request, reply) => {
    if (reply.statusCode >= 400)
      log.warn({ method: request.method, path: request.url.split("?")[0], status: reply.statusCode }, "refused");
  });
  server.addHook("onError", async (request, _reply, error) => {
    log.error({ err: error, path: request.url.split("?")[0] }, "request failed");
  });
}

async function registerHeaders(server: FastifyInstance): Promise<void> {
  server.addHook("onRequest", async (_, reply) => {
    reply.header("Permissions-Policy", permissionsPolicy);
  });
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Svelte and its components place things by style attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        // Older engines do not count a WebSocket to the page's own server as 'self'. The name was checked before.
        connectSrc: ["'self'", (request) => `ws://${request.headers.host}`],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // It is served over plain HTTP on this machine or its own network.
    strictTransportSecurity: false,
    referrerPolicy: { policy: "no-referrer" },
  });
}
