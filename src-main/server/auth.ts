/**
 * Who may speak to the server. Every request, whatever its path, passes here first:
 *
 * 1. Its `Host` is one that this server is reached by. A page elsewhere whose name was pointed at this machine (DNS rebinding) says its own name there.
 * 2. Its `Origin`, where the browser sends one, is this server's own pages, or those of the desktop window that started it.
 * 3. It brings what its route asks for:
 *
 * | route | what lets in |
 * |---|---|
 * | every one | the token, as `Authorization: Bearer …`; a WebSocket's also as a subprotocol |
 * | the built pages | also the cookie that `/open?token=…` sets |
 * | pictures and downloads | also the key for files, as `?key=…` |
 *
 * Cookie and key are derived from the token, each for its purpose, so that neither leads to the other or back: a browser sends the cookie to every server
 * of this host, whatever its port, and an address stays in a browser's lists.
 *
 * WebSocket upgrades come the same way, because @fastify/websocket sends them through Fastify's hooks.
 */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import fastifyRateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { accessHash, tokenInProtocols } from "../contract/access.ts";
import type { Connections } from "./connections.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** What lets a request in besides the token; nothing unless named. */
    readonly opensWith?: "page-cookie" | "files-key";
  }
}

export interface AuthOptions {
  readonly token: string;
  /** Whether a `Host` header's value (`name:port`) is this server's. */
  readonly isOwnHost: (host: string) => boolean;
  readonly pageOrigin?: string;
  /** Known once the server listens. Cookies do not tell ports apart, so the cookie's name does. */
  readonly port: () => number;
  readonly connections: Connections;
}

const openPath = "/open";
/** More than a browser with an old cookie makes; a guesser of 256 bits is only to be kept from using up the machine. */
const failuresAMinute = 300;
const refusal =
  "Strata answers only those who hold its address. Open the address that it printed when it started, " +
  "which ends in /open?token=….\n";
const bearer = "Bearer ";
const openQuery = z.object({ token: z.string() });
const filesQuery = z.object({ key: z.string() });

export async function registerAuth(server: FastifyInstance, options: AuthOptions): Promise<void> {
  const { token, isOwnHost, pageOrigin, port, connections } = options;
  await server.register(fastifyCookie);
  await server.register(fastifyRateLimit, { global: false });
  const countFailure = server.createRateLimit({ max: failuresAMinute, timeWindow: "1 minute" });
  const cookieName = () => `strata-${port()}`;
  const pageKey = keyFor("page", token);
  const filesKey = keyFor("files", token);
  const [isToken, isPageKey, isFilesKey] = [equalTo(token), equalTo(pageKey), equalTo(filesKey)];

  const bringsToken = ({ headers, ws }: FastifyRequest): boolean => {
    const { authorization, "sec-websocket-protocol": protocols } = headers;
    if (authorization !== undefined)
      return isToken(authorization.startsWith(bearer) ? authorization.slice(bearer.length) : undefined);
    return ws && isToken(tokenInProtocols(protocols));
  };
  const bringsEnough = (request: FastifyRequest): boolean => {
    if (bringsToken(request)) {
      connections.know(request.raw.socket);
      return true;
    }
    // Who brings a token is judged by it alone, so that a page can ask whether its own is still good.
    if (request.headers.authorization !== undefined || request.ws) return false;
    switch (request.routeOptions.config?.opensWith) {
      case "page-cookie":
        return isPageKey(request.cookies[cookieName()]);
      case "files-key":
        return isFilesKey(filesQuery.safeParse(request.query).data?.key);
      case undefined:
        return false;
    }
  };
  const refuse = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const failures = await countFailure(request);
    const isTooMany = !failures.isAllowed && failures.isExceeded;
    return reply
      .code(isTooMany ? 429 : 401)
      .type("text/plain; charset=utf-8")
      .send(refusal);
  };

  server.addHook("onRequest", async (request, reply) => {
    const { host, origin } = request.headers;
    if (host === undefined || !isOwnHost(host)) return forbid(reply, "This server does not go by that name.\n");
    if (origin !== undefined && origin !== `http://${host}` && origin !== pageOrigin)
      return forbid(reply, "Pages of other servers may not use Strata.\n");
    if (pathOf(request) === openPath || bringsEnough(request)) return;
    return refuse(request, reply);
  });

  server.get(openPath, async (request, reply) => {
    if (!isToken(openQuery.safeParse(request.query).data?.token)) return refuse(request, reply);
    return reply
      .setCookie(cookieName(), pageKey, { path: "/", httpOnly: true, sameSite: "strict" })
      .header("Cache-Control", "no-store")
      .redirect(`/${accessHash({ token, filesKey })}`, 303);
  });
}

/** What the token lets derive and what does not lead back to it. */
function keyFor(purpose: "page" | "files", token: string): string {
  return createHmac("sha256", token).update(`strata ${purpose}`).digest("base64url");
}

/** The path that the router sees, without its query. */
function pathOf(request: FastifyRequest): string | undefined {
  return request.routeOptions.url;
}

function forbid(reply: FastifyReply, why: string): FastifyReply {
  return reply.code(403).type("text/plain; charset=utf-8").send(why);
}

/** Compares in a time that does not tell how much of it was right; hashing makes the lengths equal. */
function equalTo(secret: string): (offered: string | undefined) => boolean {
  const hash = (text: string) => createHash("sha256").update(text).digest();
  const wanted = hash(secret);
  return (offered) => offered !== undefined && timingSafeEqual(hash(offered), wanted);
}
