/**
 * `app://strata/…`: the window's built pages, and what the engine serves beside its wire (pictures), fetched by main, so that the page needs no token.
 * Electron 25 took buffers' place with `protocol.handle`; both ways are four lines.
 */
import { readFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { extname, join } from "node:path";
import { type Protocol, protocol } from "electron";
import { permissionsPolicy } from "../platform/permissions-policy.ts";
import type { EngineKeeper } from "./engine-keeper.ts";

const scheme = "app";
export const pageOrigin = `${scheme}://strata`;

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff": "font/woff",
  ".woff2": "font/woff2",
};

/** Styles may stand in attributes, since Svelte and its components place things by them. The wire's port is new at every start. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self' ws://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const pageHeaders: Readonly<Record<string, string>> = {
  "Content-Security-Policy": contentSecurityPolicy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": permissionsPolicy,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly body: Buffer;
}

/** Before the app is ready. */
export function announcePages(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme, privileges }]);
}

/** @param folder of the built pages */
export function servePages(protocolOfSession: Protocol, folder: string, engine: EngineKeeper): void {
  const answer = (address: string) => answerTo(new URL(address), folder, engine);
  if (typeof protocolOfSession.handle === "function") {
    protocolOfSession.handle(scheme, async ({ url }) => {
      const { status, mediaType, body } = await answer(url);
      return new Response(new Uint8Array(body), { status, headers: { ...pageHeaders, "Content-Type": mediaType } });
    });
    return;
  }
  protocolOfSession.registerBufferProtocol(scheme, ({ url }, callback) => {
    void answer(url).then(({ status, mediaType, body }) =>
      callback({
        statusCode: status,
        mimeType: mediaType.split(";")[0],
        charset: "utf-8",
        headers: { ...pageHeaders },
        data: body,
      }),
    );
  });
}

const notFound: Answer = { status: 404, mediaType: "text/plain; charset=utf-8", body: Buffer.from("Not found\n") };

async function answerTo({ host, pathname, search }: URL, folder: string, engine: EngineKeeper): Promise<Answer> {
  if (host !== "strata") return notFound;
  if (/^\/(pictures\/\d+\/\d+|(held-pictures|activations)\/[0-9a-f]{64})$/.test(pathname))
    return fromEngine(`${pathname}${search}`, engine);
  const name = pathname === "/" ? "index.html" : pathname.slice(1);
  const mediaType = mediaTypes[extname(name)];
  // Names of built files: no other character, no folder above, no other kind of file.
  if (mediaType === undefined || !/^(assets\/)?[\w-]+(\.[\w-]+)+$/.test(name)) return notFound;
  const body = await readFile(join(folder, name)).catch(() => null);
  return body === null ? notFound : { status: 200, mediaType, body };
}

async function fromEngine(path: string, engine: EngineKeeper): Promise<Answer> {
  try {
    const response = await askEngine(path, engine);
    const pieces: Buffer[] = [];
    for await (const piece of response) pieces.push(Buffer.from(piece));
    const mediaType = response.headers["content-type"] ?? "application/octet-stream";
    return { status: response.statusCode ?? 502, mediaType, body: Buffer.concat(pieces) };
  } catch {
    return { ...notFound, status: 503 };
  }
}

/** The engine's answer to a GET, its body still to be read. Rejects where it does not listen or the connection breaks. */
export function askEngine(path: string, engine: Pick<EngineKeeper, "access">): Promise<IncomingMessage> {
  const { access } = engine;
  if (access === null) return Promise.reject(new Error("The engine does not listen."));
  return new Promise((resolve, reject) => {
    request(`${access.address}${path}`, { headers: { authorization: `Bearer ${access.token}` } }, resolve)
      .once("error", reject)
      .end();
  });
}
