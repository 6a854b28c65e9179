/**
 * What lets a page in that the server served itself. A browser sends a cookie to every server of the same host, whatever its port, so the cookie opens
 * the built pages and nothing else. The page brings the rest by itself, from its own origin's storage, which no other port can read.
 */
import { z } from "zod";

/** 256 bits, as letters that an address can hold. */
export const accessSecret = z.string().regex(/^[\w-]{43}$/);

export const pageAccess = z.object({
  /** For calls: as `Authorization`, or as a subprotocol of the WebSocket. */
  token: accessSecret,
  /** For what the browser loads by itself, pictures and downloads: in the address. It opens no call. */
  filesKey: accessSecret,
});
export type PageAccess = z.infer<typeof pageAccess>;

/** The subprotocol that server and page agree on. The other one that a page offers carries the token, and is not repeated by the answer. */
export const wireProtocol = "strata";
const tokenPrefix = "strata.token.";

/** What a page's WebSocket offers; a browser gives it no headers. */
export function protocolsWith(token: string): string[] {
  return [wireProtocol, `${tokenPrefix}${token}`];
}

/** @param header `Sec-WebSocket-Protocol` */
export function tokenInProtocols(header: string | undefined): string | undefined {
  const offered = header?.split(",").map((name) => name.trim());
  return offered?.find((name) => name.startsWith(tokenPrefix))?.slice(tokenPrefix.length);
}

const hashPattern = /^#access=([^.]*)\.([^.]*)$/;

/** The fragment of the address that `/open` leads to. Browsers send a fragment to no server. */
export function accessHash({ token, filesKey }: PageAccess): string {
  return `#access=${token}.${filesKey}`;
}

/** Null for every other fragment. */
export function accessFromHash(hash: string): PageAccess | null {
  const [, token, filesKey] = hashPattern.exec(hash) ?? [];
  return pageAccess.safeParse({ token, filesKey }).data ?? null;
}
