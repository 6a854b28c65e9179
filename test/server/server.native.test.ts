import { request } from "node:http";
import { createTRPCClient, createWSClient, httpLink, wsLink } from "@trpc/client";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EngineEvent } from "../../src-main/contract/events.ts";
import type { Router } from "../../src-main/engine/router.ts";
import { scripts } from "../support/trainer-scripts.ts";
import { requestFor, startServer, whenOver } from "../support/with-engine.ts";

type Started = Awaited<ReturnType<typeof startServer>>;
let test: Started;
let port: string;
beforeAll(async () => {
  test = await startServer();
  port = new URL(test.server.address).port;
});
afterAll(() => test.close());

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: Buffer;
}

/** A request with exactly these headers, which fetch would not send. */
function ask(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`${test.server.address}${path}`, { headers, method }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    sent.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.alloc(0) });
    });
    sent.on("error", reject);
    sent.end();
  });
}

const withToken = () => ({ authorization: `Bearer ${test.server.token}` });
const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAA==",
};

describe("without the token", () => {
  it("every route answers 401 and says where the address is", async () => {
    const { routes } = test.server;
    expect(routes).toEqual(expect.arrayContaining(["GET /api", "POST /api/:path", "GET /pictures/:dataset/:example"]));
    for (const route of routes) {
      const [method, path] = route.split(" ") as [string, string];
      const { status, body } = await ask(path.replace("*", "anything"), {}, method);
      expect([route, status]).toEqual([route, 401]);
      if (method !== "HEAD") expect(body.toString()).toContain("/open?token=");
    }
  });

  it("neither is a path that does not exist told apart from one that does, nor any other method let through", async () => {
    for (const path of ["/nothing", "/api/status", "/api", "/assets/../../package.json", "/%2e%2e/package.json"])
      expect([path, (await ask(path)).status]).toEqual([path, 401]);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
      expect([method, (await ask("/", {}, method)).status]).toEqual([method, 401]);
  });

  it("no WebSocket is opened", async () => {
    for (const path of ["/api", "/", "/nothing"]) expect((await ask(path, upgrade)).status).toBe(401);
  });

  it("a wrong one is as good as none", async () => {
    for (const token of ["", "x", `${test.server.token}x`, test.server.token.slice(1)]) {
      expect((await ask("/", { authorization: `Bearer ${token}` })).status).toBe(401);
      expect((await ask("/", { cookie: `strata-${port}=${token}` })).status).toBe(401);
      expect((await ask(`/open?token=${token}`)).status).toBe(401);
    }
    expect((await ask("/open")).status).toBe(401);
    expect((await ask(`/open?token=${test.server.token}&token=x`)).status).toBe(401);
  });
});

describe("with the token", () => {
  it("the address that is printed sets a cookie that scripts and other sites cannot use, and leads to the app", async () => {
    const { status, headers } = await ask(`/open?token=${test.server.token}`);
    expect([status, headers.location]).toEqual([303, "/"]);
    const cookie = String(headers["set-cookie"]);
    expect(cookie).toContain(`strata-${port}=`);
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Strict");
    const answer = await ask("/api/status", { cookie: cookie.split(";")[0]! });
    expect(answer.status).toBe(200);
  });

  it("pages may run no script but the server's own, nor be framed", async () => {
    const policy = String((await ask("/", withToken())).headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port}`);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it("a path outside the pages is not found", async () => {
    for (const path of ["/nothing", "/../package.json", "/%2e%2e/%2e%2e/package.json", "/..%2fpackage.json"])
      expect([404, 403, 400]).toContain((await ask(path, withToken())).status);
  });
});

describe("pages of other servers", () => {
  it("are refused by their Host, though they hold the token", async () => {
    for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1", "127.0.0.1:1", `127.0.0.1.nip.io:${port}`])
      for (const headers of [{}, upgrade])
        expect([host, (await ask("/api", { ...withToken(), ...headers, host })).status]).toEqual([host, 403]);
  });

  it("are refused by their Origin, though they hold the token", async () => {
    for (const origin of ["http://evil.example", "null", `https://127.0.0.1:${port}`, `http://localhost:${port}`])
      for (const headers of [{}, upgrade])
        expect([origin, (await ask("/api", { ...withToken(), ...headers, origin })).status]).toEqual([origin, 403]);
  });

  it("are all that is refused: the server's own pages connect by each of its names", async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      const headers = { ...withToken(), ...upgrade, host, origin: `http://${host}` };
      expect((await ask("/api", headers)).status).toBe(101);
    }
  });
});

describe("the desktop window's pages, which this server did not serve", () => {
  const pageOrigin = "app://strata";

  it("are let in by their origin and the token together, by neither alone", async () => {
    const other = await startServer({}, { pageOrigin });
    const { port: otherPort } = new URL(other.server.address);
    const askOther = async (headers: Record<string, string>) =>
      (await fetch(`${other.server.address}/api/status`, { headers })).status;
    const authorization = `Bearer ${other.server.token}`;
    expect(await askOther({ origin: pageOrigin, authorization })).toBe(200);
    expect(await askOther({ origin: pageOrigin })).toBe(401);
    expect(await askOther({ origin: pageOrigin, cookie: `strata-${otherPort}=x` })).toBe(401);
    expect(await askOther({ origin: "app://other", authorization })).toBe(403);
    await other.close();
  });

  it("are refused where no window started the server", async () => {
    expect((await ask("/api", { ...withToken(), origin: pageOrigin })).status).toBe(403);
  });
});

describe("the wire", () => {
  it("answers calls over HTTP and over a WebSocket, and subscriptions begin with a snapshot", async () => {
    const http = createTRPCClient<Router>({
      links: [httpLink({ url: `${test.server.address}/api`, headers: withToken() })],
    });
    expect((await http.status.query()).version).toBe("0.0.0");

    class WebSocketWithToken extends WebSocket {
      constructor(url: string | URL) {
        // Node's WebSocket takes headers; the browser's type, which is all that TypeScript knows, does not.
        super(url, { headers: withToken() } as unknown as string[]);
      }
    }
    const socket = createWSClient({
      url: `${test.server.address.replace("http", "ws")}/api`,
      WebSocket: WebSocketWithToken,
    });
    const ws = createTRPCClient<Router>({ links: [wsLink({ client: socket })] });
    expect((await ws.models.shelf.query()).map(({ id }) => id)).toContain("alexnet");
    const first = await new Promise<EngineEvent>((resolve, reject) => {
      const subscription = ws.events.subscribe(undefined, {
        onError: reject,
        onData: (event) => {
          subscription.unsubscribe();
          resolve(event);
        },
      });
    });
    expect(first.kind).toBe("snapshot");
    await socket.close();
  });

  it("gives coded errors in words, and of a broken input which setting is wrong, without a stack", async () => {
    const http = createTRPCClient<Router>({
      links: [httpLink({ url: `${test.server.address}/api`, headers: withToken() })],
    });
    const unknown = await http.runs.get.query({ runId: 7 }).catch((error: unknown) => error);
    expect(unknown).toMatchObject({ data: { strata: { code: "run.unknown", problem: "There is no run 7." } } });
    const { configuration } = requestFor(1);
    const training = { ...configuration.training, smoothing: 1 };
    const wrong = await http.training.start
      .mutate({ configuration: { ...configuration, training }, pair: null })
      .catch((error: unknown) => error);
    expect(wrong).toMatchObject({ data: { strata: { code: "settings.invalid" } } });
    expect(JSON.stringify(wrong)).toContain("configuration.training.smoothing");
    expect(JSON.stringify(wrong)).not.toContain("node_modules");
  });

  it("takes no request that is larger than any could need", async () => {
    const answer = await fetch(`${test.server.address}/api/runs.annotate`, {
      method: "POST",
      headers: { ...withToken(), "content-type": "application/json" },
      body: JSON.stringify({ runId: 1, note: "x".repeat(1_100_000) }),
    });
    expect(answer.status).toBe(413);
  });
});

describe("pictures", () => {
  it("are shown at the size asked for, and answered from the browser's own copy when it has it", async () => {
    const { id } = await test.engine.inspectDataset(requestFor(1).configuration.dataset);
    const { status, headers, body } = await ask(`/pictures/${id}/3?pixels=8`, withToken());
    expect([status, headers["content-type"]]).toEqual([200, "image/webp"]);
    expect(await sharp(body).metadata()).toMatchObject({ format: "webp", width: 8, height: 8 });
    const again = await ask(`/pictures/${id}/3?pixels=8`, { ...withToken(), "if-none-match": String(headers.etag) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  });

  it("that are not there are not found", async () => {
    const { id } = await test.engine.inspectDataset(requestFor(1).configuration.dataset);
    for (const path of [`/pictures/${id}/100`, "/pictures/99/0"])
      expect((await ask(path, withToken())).status).toBe(404);
    for (const path of [`/pictures/${id}/-1`, "/pictures/x/0", `/pictures/${id}/0?pixels=0`])
      expect((await ask(path, withToken())).status).toBe(400);
  });
});

it("who fails too often is told so, and who holds the token is still let in", async () => {
  const other = await startServer();
  const statuses = new Set<number>();
  // As many as it takes: the count begins anew each minute, which a busy machine may come to.
  while (!statuses.has(429)) statuses.add((await fetch(other.server.address)).status);
  expect([...statuses]).toEqual([401, 429]);
  const headers = { authorization: `Bearer ${other.server.token}` };
  expect((await fetch(`${other.server.address}/api/status`, { headers })).status).toBe(200);
  await other.close();
});

it("a port that is taken is said to be", async () => {
  await expect(startServer({}, { port: Number(port) })).rejects.toMatchObject({ code: "server.port-taken" });
});

describe("downloads", () => {
  it("give a run's points, its weights where there are any, and their code where there are none", async () => {
    const trained = async (script: number) => {
      const { runIds } = await test.engine.startTraining(requestFor(script));
      await whenOver(test.engine, runIds[0]!);
      return runIds[0]!;
    };
    const whole = await trained(scripts.trainsToTheEnd);
    const points = await ask(`/runs/${whole}/points.csv`, withToken());
    expect(points.body.toString()).toContain("hardLoss,train,batch,1,1\n");
    const weights = await ask(`/runs/${whole}/weights.safetensors`, withToken());
    expect([weights.status, weights.body.toString()]).toEqual([200, "eight by"]);
    expect(weights.headers["content-disposition"]).toContain(`strata-run-${whole}.safetensors`);
    const last = await ask(`/runs/${whole}/last-weights.safetensors`, withToken());
    expect([last.status, last.body.toString()]).toEqual([200, "eight by"]);
    expect(last.headers["content-disposition"]).toContain(`strata-run-${whole}-last.safetensors`);
    const killed = await trained(scripts.killedAtStepThree);
    const none = await ask(`/runs/${killed}/weights.safetensors`, withToken());
    expect([none.status, JSON.parse(none.body.toString()).error.code]).toEqual([404, "weights.none"]);
    expect((await ask("/runs/x/weights.safetensors", withToken())).status).toBe(400);
  });
});
