/** A bare WebSocket to a server's calls: what it sends and what comes back, message by message. */
import type { Server } from "../../src-main/server/create-server.ts";

export interface Answered {
  readonly id: number | null;
  readonly result?: { readonly type?: string; readonly data?: unknown };
  readonly error?: {
    readonly message: string;
    readonly data: { readonly strata: { readonly code: string; readonly problem: string } | null };
  };
}

export interface OpenSocket {
  readonly socket: WebSocket;
  /** As one message. Ids are the caller's to choose. */
  send(message: unknown): void;
  /** The next messages, so many, in the order in which they came. */
  next(count: number): Promise<readonly Answered[]>;
}

export async function openSocket({ address, token }: Server): Promise<OpenSocket> {
  const headers = { authorization: `Bearer ${token}` };
  // Node's WebSocket takes headers; the browser's type, which is all that TypeScript knows, does not.
  const socket = new WebSocket(`${address.replace("http", "ws")}/api`, { headers } as unknown as string[]);
  const come: Answered[] = [];
  let wake = () => {};
  socket.addEventListener("message", ({ data }) => {
    const text = String(data);
    if (text !== "PING") come.push(JSON.parse(text));
    wake();
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("open", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  return {
    socket,
    send: (message) => socket.send(JSON.stringify(message)),
    async next(count) {
      while (come.length < count)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return come.splice(0, count);
    },
  };
}

export const query = (id: number, path: string, input?: unknown) => ({ id, method: "query", params: { path, input } });
