/** A client of the engine's calls over a WebSocket, whose answers come in any order. */
import { z } from "zod";

const answer = z.object({
  id: z.union([z.number(), z.null()]).optional(),
  result: z.object({ type: z.string().optional(), data: z.unknown().optional() }).optional(),
  error: z
    .object({
      message: z.string(),
      data: z.object({ code: z.string(), strata: z.object({ code: z.string() }).nullable() }).loose(),
    })
    .optional(),
});
export type Answer = z.infer<typeof answer> & { readonly bytes: number };

export interface Wire {
  /** Null where the connection ended before it, or nothing came within half a minute. */
  ask(call: { readonly path: string; readonly type: string; readonly input?: unknown }): Promise<Answer | null>;
  /** As it stands, with no answer to wait for. */
  sendRaw(data: string | Uint8Array<ArrayBuffer>): void;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<void>;
  close(): void;
}

const patienceMillis = 30_000;

export async function openWire({
  address,
  token,
}: {
  readonly address: string;
  readonly token: string;
}): Promise<Wire> {
  const headers = { authorization: `Bearer ${token}` };
  // Node's WebSocket takes headers; the browser's type, which is all that TypeScript knows, does not.
  const socket = new WebSocket(`${address.replace("http", "ws")}/api`, { headers } as unknown as string[]);
  const waiting = new Map<number, (answer: Answer | null) => void>();
  let lastId = 0;
  const settle = (id: number, value: Answer | null): void => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  };
  socket.addEventListener("message", ({ data }) => {
    const text = String(data);
    if (text === "PING") return socket.send("PONG");
    const parsed = answer.safeParse(JSON.parse(text));
    // What a subscription says when it begins is no answer yet; its first data are.
    if (!parsed.success || parsed.data.result?.type === "started") return;
    if (typeof parsed.data.id === "number") settle(parsed.data.id, { ...parsed.data, bytes: text.length });
  });
  const closed = new Promise<void>((resolve) => {
    const end = (): void => {
      for (const id of waiting.keys()) settle(id, null);
      resolve();
    };
    socket.addEventListener("close", end, { once: true });
    socket.addEventListener("error", end, { once: true });
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve(), { once: true });
    socket.addEventListener("error", () => reject(new Error("The engine takes no connection.")), { once: true });
  });
  return {
    ask({ path, type, input }) {
      if (socket.readyState !== WebSocket.OPEN) return Promise.resolve(null);
      const id = ++lastId;
      const answered = new Promise<Answer | null>((resolve) => waiting.set(id, resolve));
      const timer = setTimeout(() => settle(id, null), patienceMillis);
      socket.send(JSON.stringify({ id, method: type, params: { path, input } }));
      return answered.finally(() => {
        clearTimeout(timer);
        if (type === "subscription" && socket.readyState === WebSocket.OPEN)
          socket.send(JSON.stringify({ id, method: "subscription.stop" }));
      });
    },
    sendRaw: (data) => socket.send(data),
    closed,
    close: () => socket.close(),
  };
}
