/** The endpoints of a served engine, called over a WebSocket as the command line calls those of its own. */
import {
  createTRPCClient,
  createWSClient,
  getUntypedClient,
  TRPCClientError,
  type TRPCUntypedClient,
  wsLink,
} from "@trpc/client";
import { TRPCError } from "@trpc/server";
import type { CodedError } from "../../src-main/contract/errors.ts";
import { type EngineCaller, type Router, router } from "../../src-main/engine/router.ts";
import { rebuilt } from "../../src-main/engine/trainer/ask-trainer.ts";
import type { Server } from "../../src-main/server/create-server.ts";

type CallType = "query" | "mutation" | "subscription";
type Call = (input?: unknown) => unknown;
interface Calls {
  [name: string]: Calls | Call;
}

export function wireApi({ address, token }: Server): { readonly api: EngineCaller; close(): Promise<void> } {
  class WebSocketWithToken extends WebSocket {
    constructor(url: string | URL) {
      // Node's WebSocket takes headers; the browser's type, which is all that TypeScript knows, does not.
      super(url, { headers: { authorization: `Bearer ${token}` } } as unknown as string[]);
    }
  }
  const socket = createWSClient({ url: `${address.replace("http", "ws")}/api`, WebSocket: WebSocketWithToken });
  const client = getUntypedClient(createTRPCClient<Router>({ links: [wsLink({ client: socket })] }));
  // Flat by path when it runs, whatever its type says.
  const procedures = router._def.procedures as unknown as Record<
    string,
    { readonly _def: { readonly type: CallType } }
  >;
  const calls: Calls = {};
  for (const [path, { _def }] of Object.entries(procedures)) {
    const names = path.split(".");
    const last = names.pop()!;
    let at = calls;
    for (const name of names) {
      const inner = (at[name] ?? {}) as Calls;
      at[name] = inner;
      at = inner;
    }
    at[last] = callOf(client, path, _def.type);
  }
  // Made of the router's own table, so that every endpoint on the wire is there; those of this machine alone are not.
  return { api: calls as unknown as EngineCaller, close: () => socket.close() };
}

function callOf(client: TRPCUntypedClient<Router>, path: string, type: CallType): Call {
  if (type === "subscription") return async (input) => events(client, path, input);
  return (input) => client[type](path, input).catch((thrown: unknown) => Promise.reject(asThrownHere(thrown)));
}

async function* events(client: TRPCUntypedClient<Router>, path: string, input: unknown): AsyncGenerator<unknown> {
  const come: unknown[] = [];
  let wake = () => {};
  const subscription = client.subscription(path, input, {
    onData: (event) => {
      come.push(event);
      wake();
    },
  });
  try {
    for (;;) {
      if (come.length > 0) yield come.shift();
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    subscription.unsubscribe();
  }
}

function asThrownHere(thrown: unknown): unknown {
  const coded: CodedError | null = thrown instanceof TRPCClientError ? (thrown.data?.strata ?? null) : null;
  return coded === null ? thrown : new TRPCError({ code: "INTERNAL_SERVER_ERROR", cause: rebuilt(coded) });
}
