/**
 * Who may speak to the server. Every request, whatever its path, passes here first:
 *
 * 1. Its `Host` is one that this server is reached by. A page elsewhere whose name was pointed at this machine (DNS rebinding) says its own name there.
 * 2. Its `Origin`, where the browser sends one, is this server's own pages, or those of the desktop window that started it.
 * 3. It brings the server's token: as the cookie that `/open?token=…` sets, or as `Authorization: Bearer …`.
 *
 * WebSocket upgrades come the same way, because @fastify/websocket sends them through Fastify's hooks.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import fastifyRateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

export interface AuthOptions {
  readonly token: string;
  /** Whether a `Host` header's value (`name:port`) is this server's. */
  readonly isOwnHost: (host: string) => boolean;
  readonly pageOrigin?: string;
  /** Known once the server listens. Cookies do not tell ports apart, so the cookie's name does. */
  readonly port: () => number;
}

const openPath = "/open";
/** More than a browser with an old cookie makes; a guesser of 256 bits is only to be kept from using up the machine. */
const failuresAMinute = 300;
const refusal =
  "Strata answers only those who hold its address. Open the address that it printed when it started, " +
  "which ends in /open?token=….\n";

export async function registerAuth(server: FastifyInstance, options: AuthOptions): Promise<void> {
  const { token, isOwnHost, pageOrigin, port } = options;
  await server.register(fastifyCookie);
  await server.register(fastifyRateLimit, { global: false });
  const countFailure = server.createRateLimit({ max: failuresAMinute, timeWindow: "1 minute" });
  const cookieName = () => `strata-${port()}`;
  const isToken = equalTo(token);

  const refuse = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const failures = await countFailure(request);
    const isTooMany = !failures.isAllowed && failures.isExceeded;
    return reply
      .code(isTooMany ? 429 : 401)
      .type("text/plain; charset=utf-8")
      .send(refusal);
  };

  server.addHook("onRequest", async (request, reply) => {
    const { host, origin, authorization } = request.headers;
    if (host === undefined || !isOwnHost(host)) return forbid(reply, "This server does not go by that name.\n");
    if (origin !== undefined && origin !== `http://${host}` && origin !== pageOrigin)
      return forbid(reply, "Pages of other servers may not use Strata.\n");
    if (pathOf(request) === openPath) return;
    const bearer = authorization?.startsWith("Bearer ") ? authorization.slice("Bearer ".length) : undefined;
    if (isToken(bearer ?? request.cookies[cookieName()])) return;
    return refuse(request, reply);
  });

  server.get(openPath, async (request, reply) => {
    const query = z.object({ token: z.string() }).safeParse(request.query);
    if (!isToken(query.data?.token)) return refuse(request, reply);
    return reply
      .setCookie(cookieName(), token, { path: "/", httpOnly: true, sameSite: "strict" })
      .header("Cache-Control", "no-store")
      .redirect("/", 303);
  });
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
